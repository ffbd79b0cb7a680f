package dev.waybill.platform.fetch;

import org.jspecify.annotations.Nullable;

/** The outcome of a POST. */
public sealed interface PostOutcome {

    /**
     * The receiver answered in time.
     *
     * @param excerpt the beginning of its answer's body as text
     * @param retryAfter the header {@code Retry-After} as it came; null when there is none
     */
    record Answered(int status, String excerpt, @Nullable String retryAfter) implements PostOutcome {}

    /** The receiver may not be connected to; {@code why} is a sentence. */
    record Forbidden(String why) implements PostOutcome {}

    /** There was no answer in time, or none at all; {@code why} is a sentence. */
    record Unanswered(String why) implements PostOutcome {}
}
