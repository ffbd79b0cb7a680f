package dev.waybill.platform.ratelimit;

import java.time.Duration;
import java.time.Instant;

/**
 * The outcome of the rate limit for one request.
 *
 * @param limit requests per window
 * @param remaining requests that the window still has; never negative
 * @param resetsAt when the next window begins
 * @param window the length of a window
 * @param retryAfter how long to wait when it is not allowed, in whole seconds from 1; zero when it is
 */
public record RateLimitResult(
        boolean allowed, long limit, long remaining, Instant resetsAt, Duration window, Duration retryAfter) {}
