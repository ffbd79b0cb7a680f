package dev.waybill.auth.access;

import dev.waybill.auth.Caller;
import dev.waybill.auth.CurrentCaller;
import dev.waybill.auth.Grants;
import dev.waybill.auth.Permission;
import dev.waybill.platform.errors.WaybillException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Enforces the {@link AccessTable} on every request, before a body is read. */
@Component
class AccessInterceptor implements HandlerInterceptor {

    private final AccessTable table;
    private final AccessPolicy accessPolicy;

    AccessInterceptor(AccessTable table, AccessPolicy accessPolicy) {
        this.table = table;
        this.accessPolicy = accessPolicy;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // No row: a public path, or an unknown one, or another API's. AccessCheck verified that at start-up.
        Optional<AccessRow> row = handler instanceof HandlerMethod method ? table.find(method) : Optional.empty();
        row.flatMap(needed -> accessPolicy.refusal(request, CurrentCaller.of(request), needed))
                .ifPresent(refusal -> {
                    throw refusal;
                });
        return true;
    }

    /** Further permissions that the key has on the resource of the request. */
    Grants grants(HttpServletRequest request, Method handler) {
        Caller caller = CurrentCaller.of(request);
        Optional<WaybillException> refusal = table.find(handler)
                .map(row -> row.needing(Permission.WRITE))
                .flatMap(row -> accessPolicy.refusal(request, caller, row));
        return new Grants(refusal.isEmpty());
    }
}
