package dev.waybill.connectors;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a source, with its {@link Diagnosis}. The message is for the person who set the connection up: it says
 * what to change, and contains neither secrets nor provider's text that might.
 */
public final class SourceException extends RuntimeException {

    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private final Diagnosis diagnosis;
    private final boolean passes;
    private final @Nullable Duration retryAfter;

    /**
     * @param passes whether the failure is transient: the same call may succeed a little later
     * @param retryAfter what the provider requested, capped at an hour; null when it requested nothing
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
        this.retryAfter =
                retryAfter != null && retryAfter.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : retryAfter;
    }

    /** A permanent failure. */
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

    /** Never null, unlike {@link Throwable#getMessage()}. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
