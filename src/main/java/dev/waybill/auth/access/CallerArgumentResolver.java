package dev.waybill.auth.access;

import dev.waybill.auth.Caller;
import dev.waybill.auth.CurrentCaller;
import dev.waybill.auth.Grants;
import dev.waybill.platform.tenancy.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves handler arguments: the {@link Caller}, the {@link Scope} for resources inside a namespace, and the
 * {@link Grants} for responses that depend on them.
 */
@Component
class CallerArgumentResolver implements HandlerMethodArgumentResolver {

    private static final Set<Class<?>> TYPES = Set.of(Caller.class, Scope.class, Grants.class);

    private final RequestNamespaces namespaces;
    private final AccessInterceptor access;

    CallerArgumentResolver(RequestNamespaces namespaces, AccessInterceptor access) {
        this.namespaces = namespaces;
        this.access = access;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return TYPES.contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        Caller caller = CurrentCaller.of(servlet);
        if (parameter.getParameterType() == Caller.class) {
            return caller;
        }
        return parameter.getParameterType() == Scope.class
                ? namespaces.scope(servlet, caller)
                : access.grants(servlet, Objects.requireNonNull(parameter.getMethod()));
    }
}
