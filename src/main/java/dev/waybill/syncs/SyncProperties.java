package dev.waybill.syncs;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How syncs run.
 *
 * @param pageSize how many files a page of a listing has
 * @param pagesAtOnce how many pages are worked on at a time; what a run keeps in memory grows with it
 * @param firstConcurrency how many files are copied side by side at first; it grows and falls with what the source bears,
 *     up to the sync's {@code batch_size}
 * @param tries how often one file or page is tried in a run
 * @param retryPause the wait before the second try; doubles with each further one, with jitter
 * @param longestPause the longest wait of a worker; where the source asks for a longer one, it leaves the run
 * @param longestAbsence how long a run is left at most, whatever the source asks for
 * @param patience how often a source may ask for patience before a run gives one file or page up
 * @param watchAfter how often somebody looks whether a run is still worked on
 * @param runsPerOrganization how many runs of one organization an instance works on at a time; others wait, PENDING
 */
@Validated
@ConfigurationProperties("waybill.syncs")
record SyncProperties(
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

    /** Before the next try. @param failures so far, 1 or more */
    Duration pause(int failures) {
        return shorter(retryPause.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20)), longestPause);
    }

    /** How long to leave a run whose source asks for that. */
    Duration absence(Duration asked) {
        return shorter(asked, longestAbsence);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
