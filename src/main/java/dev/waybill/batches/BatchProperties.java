package dev.waybill.batches;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the work on batches.
 *
 * @param chunkSize how many objects one chunk has at most; small batches are split finer
 * @param chunksAtOnce how many chunks of one batch are dispatched at a time: other tasks queue behind these, and more
 *     instances than that have nothing to do for it
 * @param turn how long a worker stays with one chunk before it yields to other tasks; the rest is rescheduled
 * @param pollAtLeast how soon a tier polls its results again; grows with the tier's age
 * @param pollAtMost upper bound of that interval
 * @param storageRetry the delay before a chunk is run again that found storage unavailable
 * @param storagePatience how long a chunk waits for storage before its objects count as failed
 * @param watchAfter the interval at which an active batch is reconciled
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

    /** The interval grows with age: a tier that has run for long need not be polled often. */
    Duration poll(Duration age) {
        Duration tenth = age.dividedBy(10);
        if (tenth.compareTo(pollAtLeast) < 0) {
            return pollAtLeast;
        }
        return tenth.compareTo(pollAtMost) > 0 ? pollAtMost : tenth;
    }
}
