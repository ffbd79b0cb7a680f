package dev.waybill.syncs.settings;

import dev.waybill.syncs.runs.SyncCheck;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Configuration of sync runs.
 *
 * @param pageSize files per page of a listing
 * @param pagesAtOnce how many pages are in flight at a time; the memory of a run grows with it
 * @param firstConcurrency how many files are copied concurrently at first; adapts to the throttling of the source, up
 *     to the sync's {@code batch_size}
 * @param tries attempts for one file or page in a run
 * @param retryPause backoff before the second attempt; doubles with each further one, with jitter
 * @param longestPause the longest wait of a worker; where the source requests a longer one, the task is rescheduled
 * @param longestAbsence the longest delay of a rescheduled run, whatever the source requests
 * @param patience how often a source may throttle before a run gives up one file or page
 * @param watchAfter how often {@link SyncCheck} polls a run in progress
 * @param runsPerOrganization concurrent runs of one organization per instance; others stay PENDING
 */
@Validated
@ConfigurationProperties("waybill.syncs")
public record SyncProperties(
        @DefaultValue("1000") @Min(1) @Max(1000) int pageSize,
        @DefaultValue("4") @Min(1) @Max(16) int pagesAtOnce,
        @DefaultValue("8") @Min(1) @Max(100) int firstConcurrency,
        @DefaultValue("3") @Min(1) @Max(10) int tries,
        @DefaultValue("1s") @DurationMin(millis = 1) Duration retryPause,
        @DefaultValue("2m") @DurationMin(millis = 1) Duration longestPause,
        @DefaultValue("1h") @DurationMin(millis = 1) Duration longestAbsence,
        @DefaultValue("20") @Min(1) @Max(1000) int patience,
        @DefaultValue("20s") @DurationMin(millis = 10) Duration watchAfter,
        @DefaultValue("4") @Min(1) @Max(1000) int runsPerOrganization) {

    /** Backoff before the next attempt. @param failures so far, 1 or more */
    public Duration pause(int failures) {
        return shorter(retryPause.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20)), longestPause);
    }

    /** How long to reschedule a run whose source requests that delay. */
    public Duration absence(Duration requested) {
        return shorter(requested, longestAbsence);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
