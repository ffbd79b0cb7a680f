package dev.waybill.auth;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
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
    void apply(KnownKey key, HttpServletResponse response) {
        Caller caller = key.caller();
        Integer override = key.rateLimitOverride();
        Allowance allowance = override != null
                ? limiter.acquire("key", caller.keyId(), override, limits.window())
                : limiter.acquire(
                        "organization", caller.organization().value(), limits.of(caller.plan()), limits.window());
        response.setHeader("X-RateLimit-Limit", Long.toString(allowance.limit()));
        response.setHeader("X-RateLimit-Remaining", Long.toString(allowance.remaining()));
        response.setHeader(
                "X-RateLimit-Reset", Long.toString(allowance.resetsAt().getEpochSecond()));
        response.setHeader(
                "X-RateLimit-Window", Long.toString(allowance.window().toSeconds()));
        if (!allowance.allowed()) {
            long wait = allowance.retryAfter().toSeconds();
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait));
            throw tooMany(allowance, wait);
        }
    }

    private static WaybillException tooMany(Allowance allowance, long wait) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("limit", allowance.limit());
        details.put("window", allowance.window().toSeconds());
        details.put("retry_after", wait);
        return new WaybillException(
                ErrorCode.RATE_LIMITED,
                "More than %d requests in %d seconds. Try again in %d seconds."
                        .formatted(allowance.limit(), allowance.window().toSeconds(), wait),
                details);
    }
}
