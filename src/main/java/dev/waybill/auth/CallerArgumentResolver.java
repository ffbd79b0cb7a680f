package dev.waybill.auth;

import dev.waybill.platform.tenancy.Scope;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands the {@link Caller} to handlers, and to those whose resources lie inside a namespace the {@link Scope}. */
@Component
class CallerArgumentResolver implements HandlerMethodArgumentResolver {

    private final RequestScopes scopes;

    CallerArgumentResolver(RequestScopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class || parameter.getParameterType() == Scope.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest servlet = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class));
        Caller caller = CurrentCaller.of(servlet);
        return parameter.getParameterType() == Caller.class
                ? caller
                : scopes.of(servlet, caller, PermissionInterceptor.permissionOf(servlet));
    }
}
