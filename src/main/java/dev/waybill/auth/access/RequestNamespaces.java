package dev.waybill.auth.access;

import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.MDC;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds the namespace that a request names, once for each request. Whether the key reaches it was asked before. */
@Component
class RequestNamespaces {

    private static final String MDC_NAMESPACE = "namespace";
    private static final String HEADER = "X-Namespace";
    private static final String PARAMETER = "namespace";
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
        String identifier = identifier(request);
        NamespaceResolver.Found found = namespaces
                .getObject()
                .resolve(caller.organization(), identifier)
                .orElseThrow(() -> WaybillException.notFound("namespace", identifier));
        request.setAttribute(ATTRIBUTE, found);
        MDC.put(MDC_NAMESPACE, found.id().value());
        return found;
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
