package dev.waybill.auth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Checks {@link Requires} and the key's scopes before a body is read. What the path names is looked up only for a key
 * that is narrowed; what is not found is left for the handler to tell, as 404.
 */
@Component
class PermissionInterceptor implements HandlerInterceptor {

    private static final String PERMISSION = Requires.class.getName();

    private final ObjectProvider<NamespaceResolver> namespaces;
    private final ObjectProvider<BucketResolver> buckets;
    private final RequestScopes scopes;

    PermissionInterceptor(
            ObjectProvider<NamespaceResolver> namespaces,
            ObjectProvider<BucketResolver> buckets,
            RequestScopes scopes) {
        this.namespaces = namespaces;
        this.buckets = buckets;
        this.scopes = scopes;
    }

    /** What the handler of this request needs; null when it needs nothing. */
    static @Nullable Permission permissionOf(HttpServletRequest request) {
        return (Permission) request.getAttribute(PERMISSION);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Requires requires = handler instanceof HandlerMethod method ? method.getMethodAnnotation(Requires.class) : null;
        if (requires == null) {
            // Under /v1 that is a public path, or an unknown one: RequiresCheck saw to it at start-up.
            return true;
        }
        Caller caller = CurrentCaller.of(request);
        Permission permission = requires.value();
        request.setAttribute(PERMISSION, permission);
        Reach.require(caller, permission);
        checkNamespace(request, caller, permission);
        checkBucket(request, caller, permission);
        return true;
    }

    private void checkNamespace(HttpServletRequest request, Caller caller, Permission permission) {
        String identifier = pathVariable(request, "namespace_identifier");
        if (identifier != null && caller.isNarrowed("namespace")) {
            namespaces
                    .getObject()
                    .resolve(caller.organization(), identifier)
                    .ifPresent(found -> Reach.require(
                            caller, permission, "namespace", found.id().value(), found.name()));
        }
    }

    private void checkBucket(HttpServletRequest request, Caller caller, Permission permission) {
        String identifier = pathVariable(request, "bucket_identifier");
        if (identifier != null && caller.isNarrowed("bucket")) {
            buckets.getObject()
                    .resolve(scopes.of(request, caller, permission), identifier)
                    .ifPresent(found -> Reach.require(caller, permission, "bucket", found.id(), found.name()));
        }
    }

    private static @Nullable String pathVariable(HttpServletRequest request, String name) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get(name) instanceof String value
                ? value
                : null;
    }
}
