package dev.waybill.buckets;

import dev.waybill.auth.NamespaceResolver;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import org.springframework.stereotype.Component;

/** Makes the 404 of a missing bucket. It names the namespace, as callers often mean a bucket of another one. */
@Component
class MissingBucket {

    private final NamespaceResolver namespaces;

    MissingBucket(NamespaceResolver namespaces) {
        this.namespaces = namespaces;
    }

    /** 404; it shows the namespace's name while that exists, else its id. */
    WaybillException of(Scope scope, String identifier) {
        String id = scope.namespace().value();
        String name = namespaces
                .resolve(scope.organization(), id)
                .map(NamespaceResolver.Found::name)
                .orElse(id);
        return WaybillException.notFound("bucket", identifier, "namespace", name);
    }
}
