package dev.waybill.deliveries;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of sending one request over a channel.
 *
 * @param status of HTTP; null without an answer, and for email
 * @param error null when it was accepted
 * @param excerpt the beginning of the answer
 * @param answered whether the endpoint answered at all; one that did not opens its circuit
 * @param retryAfter how long the {@code Retry-After} of a 429 or 503 requests to wait; null without one
 */
record SendResult(
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String excerpt,
        boolean answered,
        @Nullable Duration retryAfter) {

    static SendResult accepted(@Nullable Integer status, @Nullable String excerpt) {
        return new SendResult(status, null, excerpt, true, null);
    }

    /** It failed without an HTTP response. */
    static SendResult failed(String error, boolean answered) {
        return new SendResult(null, error, null, answered, null);
    }
}
