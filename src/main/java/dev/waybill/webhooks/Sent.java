package dev.waybill.webhooks;

import org.jspecify.annotations.Nullable;

/**
 * What came of sending.
 *
 * @param status of HTTP; null without an answer, and for email
 * @param error null when it was taken
 * @param excerpt the beginning of the answer
 * @param answered whether the endpoint said anything; one that did not is approached with care
 */
record Sent(
        @Nullable Integer status,
        @Nullable String error,
        @Nullable String excerpt,
        boolean answered) {

    static Sent taken(@Nullable Integer status, @Nullable String excerpt) {
        return new Sent(status, null, excerpt, true);
    }
}
