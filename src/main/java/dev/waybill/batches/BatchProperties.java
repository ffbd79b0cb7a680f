package dev.waybill.batches;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How batches are worked on.
 *
 * @param chunkSize how many objects one worker takes at once, at most; small batches are split finer
 * @param chunksAtOnce how many such pieces of one batch are handed out at a time: other tasks wait behind these, and more
 *     instances than that have nothing to do for it
 * @param turn how long a worker stays with one piece of work before it lets others have their turn; it goes on later with
 *     what is left
 * @param pollAtLeast how soon a tier looks again whether its workers are done; grows with the tier's age
 * @param pollAtMost how late
 * @param storageRetry the wait of a worker that found storage away
 * @param storagePatience how long a worker waits for storage before its objects count as failed
 * @param watchAfter how often somebody looks whether a batch is still worked on
 */
@Validated
@ConfigurationProperties("waybill.batches")
record BatchProperties(
        @DefaultValue("50") @Min(1) @Max(1000) int chunkSize,
        @DefaultValue("48") @Min(1) @Max(10_000) int chunksAtOnce,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration turn,
        @DefaultValue("100ms") @DurationMin(millis = 1) Duration pollAtLeast,
        @DefaultValue("2s") @DurationMin(millis = 1) Duration pollAtMost,
        @DefaultValue("5s") @DurationMin(millis = 1) Duration storageRetry,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration storagePatience,
        @DefaultValue("10s") @DurationMin(millis = 1) Duration watchAfter) {

    /** Batches of up to 32 chunks' worth are spread over 32 chunks. */
    private static final long CHUNKS = 32;

    int chunkSize(long objects) {
        return (int) Math.clamp((objects + CHUNKS - 1) / CHUNKS, 1L, chunkSize);
    }

    /** A tier that has run for long need not be looked at often. */
    Duration poll(Duration age) {
        Duration tenth = age.dividedBy(10);
        if (tenth.compareTo(pollAtLeast) < 0) {
            return pollAtLeast;
        }
        return tenth.compareTo(pollAtMost) > 0 ? pollAtMost : tenth;
    }
}
