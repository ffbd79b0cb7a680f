package dev.waybill.auth.access;

import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceHeader;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.auth.ResourceScope;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Resolves the namespace that a request names, once for each request. Whether the key reaches it was checked before.
 */
@Component
class RequestNamespaces {

    private static final String MDC_NAMESPACE = "namespace";
    private static final String ATTRIBUTE = NamespaceResolver.Found.class.getName();

    private final ObjectProvider<NamespaceResolver> namespaces;

    RequestNamespaces(ObjectProvider<NamespaceResolver> namespaces) {
        this.namespaces = namespaces;
    }

    /** @throws WaybillException 400 when it names none, 404 when the organization has none of that name */
    Scope scope(HttpServletRequest request, Caller caller) {
        return new Scope(caller.organization(), found(request, caller).id());
    }

    /** As {@link #scope}. */
    NamespaceResolver.Found found(HttpServletRequest request, Caller caller) {
        if (request.getAttribute(ATTRIBUTE) instanceof NamespaceResolver.Found known) {
            return known;
        }
        String identifier = identifier(request, caller);
        NamespaceResolver.Found found = namespaces
                .getObject()
                .resolve(caller.organization(), identifier)
                .orElseThrow(() -> WaybillException.notFound("namespace", identifier));
        request.setAttribute(ATTRIBUTE, found);
        MDC.put(MDC_NAMESPACE, found.id().value());
        return found;
    }

    /** What the request names, or the only namespace that the key could mean. */
    private String identifier(HttpServletRequest request, Caller caller) {
        return NamespaceHeader.of(request, caller.organization(), namespaces.getObject())
                .or(() -> onlyOne(caller))
                .orElseThrow(() -> new WaybillException(
                        ErrorCode.NAMESPACE_REQUIRED,
                        "A namespace is needed. Send its id or name in the header X-Namespace, or in the query parameter"
                                + " 'namespace'; it may be left out with a key that is narrowed to one namespace."));
    }

    private Optional<String> onlyOne(Caller caller) {
        List<String> named = caller.scopes().stream()
                .filter(scope -> ScopeKind.of(scope) == ScopeKind.NAMESPACE)
                .map(ResourceScope::resourceId)
                .distinct()
                .toList();
        if (named.isEmpty() || named.stream().anyMatch(one -> one.endsWith("*"))) {
            return Optional.empty();
        }
        List<String> different = namespaces.getObject().different(caller.organization(), named);
        return different.size() == 1 ? different.stream().findFirst() : Optional.empty();
    }
}
