package dev.waybill.webhooks;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What came of sending.
 *
 * @param status of HTTP; null without an answer, and for email
 * @param error null when it was taken
 * @param excerpt the beginning of the answer
 * @param answered whether the endpoint said anything; one that did not is approached with care
 * @param retryAfter how long a 429 or 503 asks to wait; null when it does not
 */
record SendResult(
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String excerpt,
        boolean answered,
        @Nullable Duration retryAfter) {

    static SendResult taken(@Nullable Integer status, @Nullable String excerpt) {
        return new SendResult(status, null, excerpt, true, null);
    }

    /** It failed without an answer of HTTP. */
    static SendResult failed(String error, boolean answered) {
        return new SendResult(null, error, null, answered, null);
    }
}
