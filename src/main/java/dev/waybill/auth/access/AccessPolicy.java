package dev.waybill.auth.access;

import dev.waybill.auth.BucketResolver;
import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Authorizes a request by its row of the access table. Resources that the request names are resolved only for a key
 * that is narrowed; for what is not found, the handler answers 404. For what neither the path nor {@code X-Namespace}
 * names, such as the name of a new bucket or the bucket of a collection, the modules that know it call
 * {@link Caller#require}.
 */
@Component
class AccessPolicy {

    private final ObjectProvider<NamespaceResolver> namespaces;
    private final ObjectProvider<BucketResolver> buckets;
    private final RequestNamespaces requestNamespaces;

    AccessPolicy(
            ObjectProvider<NamespaceResolver> namespaces,
            ObjectProvider<BucketResolver> buckets,
            RequestNamespaces requestNamespaces) {
        this.namespaces = namespaces;
        this.buckets = buckets;
        this.requestNamespaces = requestNamespaces;
    }

    /**
     * Why the caller may not; empty when it may.
     *
     * @throws WaybillException 400 or 404 when the namespace of the request must be known, and is not
     */
    Optional<WaybillException> refusal(HttpServletRequest request, Caller caller, AccessRow row) {
        Optional<WaybillException> lacking = caller.refusal(row.permission());
        return lacking.isPresent() || caller.scopes().isEmpty()
                ? lacking
                : row.refusedBy(ScopeKind.of(caller))
                        .map(AccessPolicy::outside)
                        .or(() -> organization(caller, row))
                        .or(() -> namespace(request, caller, row))
                        .or(() -> bucket(request, caller, row));
    }

    private static WaybillException outside(ScopeKind kind) {
        return new WaybillException(
                ErrorCode.FORBIDDEN,
                "This key is narrowed to %s by its scopes; this would touch what lies beside them."
                        .formatted(kind.plural()),
                Map.of("resource", kind.wire()));
    }

    /** There is one, which scopes can name by its id only. */
    private static Optional<WaybillException> organization(Caller caller, AccessRow row) {
        String id = caller.organization().value();
        return caller.refusal(row.permission(), ScopeKind.ORGANIZATION.wire(), id, id);
    }

    private Optional<WaybillException> namespace(HttpServletRequest request, Caller caller, AccessRow row) {
        String type = ScopeKind.NAMESPACE.wire();
        if (!caller.isNarrowed(type)) {
            return Optional.empty();
        }
        Optional<NamespaceResolver.Found> found = row.level().isNamespaced()
                ? Optional.of(requestNamespaces.found(request, caller))
                : pathVariable(request, "namespace_identifier")
                        .flatMap(identifier -> namespaces.getObject().resolve(caller.organization(), identifier));
        return found.flatMap(
                one -> caller.refusal(row.permission(), type, one.id().value(), one.name()));
    }

    private Optional<WaybillException> bucket(HttpServletRequest request, Caller caller, AccessRow row) {
        String type = ScopeKind.BUCKET.wire();
        if (!caller.isNarrowed(type)) {
            return Optional.empty();
        }
        return pathVariable(request, "bucket_identifier")
                .flatMap(
                        identifier -> buckets.getObject().resolve(requestNamespaces.scope(request, caller), identifier))
                .flatMap(one -> caller.refusal(row.permission(), type, one.id(), one.name()));
    }

    private static Optional<String> pathVariable(HttpServletRequest request, String name) {
        @Nullable Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map && map.get(name) instanceof String value
                ? Optional.of(value)
                : Optional.empty();
    }
}
