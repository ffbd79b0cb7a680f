package dev.waybill.idempotency;

import dev.waybill.auth.Caller;
import dev.waybill.auth.CurrentCaller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.RequiredPermissions;
import dev.waybill.idempotency.IdempotentRequests.Admission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/**
 * Interceptor that executes or replays a POST with an idempotency key. It runs after the check of permissions, so that
 * no response is replayed to a caller who lost the permission.
 */
@Component
class IdempotencyInterceptor implements HandlerInterceptor {

    /** Response header of a replayed response. */
    static final String REPLAYED = "Idempotency-Replayed";

    private static final String PURPOSE = "waybill/idempotency";

    private final IdempotentRequests requests;
    private final RequiredPermissions needed;
    private final CanonicalJson json;

    IdempotencyInterceptor(IdempotentRequests requests, RequiredPermissions needed, CanonicalJson json) {
        this.json = json;
        this.requests = requests;
        this.needed = needed;
    }

    /** Whether a handler of POSTs supports the key: it needs a permission, and more than reads. */
    static boolean covers(RequiredPermissions needed, HandlerMethod method) {
        return needed.of(method)
                .filter(permission -> permission != Permission.READ && !lists(method))
                .isPresent();
    }

    /** Lists are requested by POST; those for administrators only need more than the permission to read. */
    private static boolean lists(HandlerMethod method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), RequestMapping.class);
        return mapping != null && Arrays.stream(mapping.path()).anyMatch(path -> path.endsWith("/list"));
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        CurrentExecution execution = CurrentExecution.of(request);
        CachedBodyRequest cached = WebUtils.getNativeRequest(request, CachedBodyRequest.class);
        if (execution == null
                || cached == null
                || !(handler instanceof HandlerMethod method)
                || !covers(needed, method)) {
            return true;
        }
        IdempotencyKey key = IdempotencyKey.of(Collections.list(request.getHeaders(IdempotencyKey.HEADER)));
        Caller caller = CurrentCaller.of(request);
        ResponseCipher responseCipher = ResponseCipher.of(CurrentCaller.derive(request, PURPOSE), key);
        String fingerprint = responseCipher.fingerprint(List.of(
                bytes(request.getMethod()),
                bytes(request.getRequestURI()),
                bytes(request.getQueryString()),
                bytes(request.getHeader("X-Namespace")),
                json.of(cached.body())));
        return switch (requests.admit(caller.organization(), responseCipher, fingerprint)) {
            case Admission.Run admitted -> {
                execution.reserved(admitted.reservation(), responseCipher);
                yield true;
            }
            case Admission.Replay replay -> {
                IdempotencyFilter.write(replay.answer(), response);
                yield false;
            }
        };
    }

    private static byte[] bytes(@Nullable String part) {
        return part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
    }
}
