package dev.waybill.buckets;

import dev.waybill.auth.NamespaceResolver;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** Tells that there is no such bucket, and where it was looked for: many have the name, and mean another namespace. */
@Component
class MissingBucket {

    private final NamespaceResolver namespaces;

    MissingBucket(NamespaceResolver namespaces) {
        this.namespaces = namespaces;
    }

    /** 404; the namespace is told by its name, as long as it is there. */
    WaybillException of(Scope scope, String identifier) {
        String id = scope.namespace().value();
        String name = namespaces
                .resolve(scope.organization(), id)
                .map(NamespaceResolver.Found::name)
                .orElse(id);
        return WaybillException.notFound("bucket", identifier, "namespace", name);
    }
}
