package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds the namespace that a request names, once for each request, and checks that the key reaches it. */
@Component
class RequestScopes {

    private static final String MDC_NAMESPACE = "namespace";
    private static final String HEADER = "X-Namespace";
    private static final String PARAMETER = "namespace";
    private static final String ATTRIBUTE = Scope.class.getName();

    private final ObjectProvider<NamespaceResolver> namespaces;

    RequestScopes(ObjectProvider<NamespaceResolver> namespaces) {
        this.namespaces = namespaces;
    }

    /** @param permission what the handler needs; null when it needs none */
    Scope of(HttpServletRequest request, Caller caller, @Nullable Permission permission) {
        if (request.getAttribute(ATTRIBUTE) instanceof Scope known) {
            return known;
        }
        String identifier = identifier(request);
        NamespaceResolver.Found found = namespaces
                .getObject()
                .resolve(caller.organization(), identifier)
                .orElseThrow(() -> WaybillException.notFound("namespace", identifier));
        Reach.require(caller, permission, "namespace", found.id().value(), found.name());
        Scope scope = new Scope(caller.organization(), found.id());
        request.setAttribute(ATTRIBUTE, scope);
        MDC.put(MDC_NAMESPACE, found.id().value());
        return scope;
    }

    private static String identifier(HttpServletRequest request) {
        String header = request.getHeader(HEADER);
        if (header != null && !header.isBlank()) {
            return header.strip();
        }
        String parameter = request.getParameter(PARAMETER);
        if (parameter != null && !parameter.isBlank()) {
            return parameter.strip();
        }
        throw new WaybillException(
                ErrorCode.NAMESPACE_REQUIRED,
                "A namespace is needed. Send its id or name in the header X-Namespace, or in the query parameter"
                        + " 'namespace'.");
    }
}
