package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ratelimit.RateLimitResult;
import dev.waybill.platform.ratelimit.RateLimiter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Applies the rate limit to a request: the key's own, or its organization's by plan. */
@Component
class RequestLimits {

    private final RateLimiter limiter;
    private final AuthProperties.RateLimit limits;

    RequestLimits(RateLimiter limiter, AuthProperties properties) {
        this.limiter = limiter;
        this.limits = properties.rateLimit();
    }

    /**
     * Counts the request and writes the limit's headers.
     *
     * @throws WaybillException 429 when the window is used up
     */
    void apply(AuthenticatedKey key, HttpServletResponse response) {
        Caller caller = key.caller();
        Integer override = key.rateLimitOverride();
        RateLimitResult rateLimitResult = override != null
                ? limiter.acquire("key", caller.keyId(), override, limits.window())
                : limiter.acquire(
                        "organization", caller.organization().value(), limits.of(caller.plan()), limits.window());
        response.setHeader("X-RateLimit-Limit", Long.toString(rateLimitResult.limit()));
        response.setHeader("X-RateLimit-Remaining", Long.toString(rateLimitResult.remaining()));
        response.setHeader(
                "X-RateLimit-Reset", Long.toString(rateLimitResult.resetsAt().getEpochSecond()));
        response.setHeader(
                "X-RateLimit-Window", Long.toString(rateLimitResult.window().toSeconds()));
        if (!rateLimitResult.allowed()) {
            long wait = rateLimitResult.retryAfter().toSeconds();
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
            throw tooMany(rateLimitResult, wait);
        }
    }

    private static WaybillException tooMany(RateLimitResult rateLimitResult, long wait) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("limit", rateLimitResult.limit());
        details.put("window", rateLimitResult.window().toSeconds());
        details.put("retry_after", wait);
        return new WaybillException(
                ErrorCode.RATE_LIMITED,
                "More than %d requests in %d seconds. Try again in %d seconds."
                        .formatted(
                                rateLimitResult.limit(),
                                rateLimitResult.window().toSeconds(),
                                wait),
                details);
    }
}
