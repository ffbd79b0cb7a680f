package dev.waybill.connectors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a source did not do what was asked. The message is a sentence for the person who set it up: it says what to change,
 * and holds no secret and nothing of the provider's own text that might.
 */
public final class SourceException extends RuntimeException {

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Diagnosis diagnosis;
    private final boolean passes;
    private final @Nullable Duration retryAfter;

    /**
     * @param passes whether the same call may succeed by itself a little later
     * @param retryAfter what the provider asked for, of which at most an hour is believed; null when it asked for nothing
     */
    public SourceException(
            Diagnosis diagnosis,
            String message,
            boolean passes,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.diagnosis = diagnosis;
        this.passes = passes;
        this.retryAfter = retryAfter != null && retryAfter.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : retryAfter;
    }

    /** One that does not pass by itself. */
    public SourceException(Diagnosis diagnosis, String message) {
        this(diagnosis, message, false, null, null);
    }

    public Diagnosis diagnosis() {
        return diagnosis;
    }

    public boolean passes() {
        return passes;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Never null here, unlike {@link Throwable#getMessage()}. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
