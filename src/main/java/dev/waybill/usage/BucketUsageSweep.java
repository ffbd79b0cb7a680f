package dev.waybill.usage;

import dev.waybill.buckets.Buckets;
import dev.waybill.objects.ChangedBuckets;
import dev.waybill.objects.Objects;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Periodic job that submits a {@link UsageTask} for each bucket with changes, so that usage counters are right within 5
 * s of quiet. Nothing is ever incremented: the task counts the bucket's objects anew, so a crash anywhere costs a
 * repetition and never a number. Without this job every write of an object would have to submit such a task.
 *
 * <p>A change is found by the time it was written. It may become visible a little later than that, so each query goes
 * back by {@link #MARGIN}; what it finds again is counted again. What becomes visible later still is found by the
 * walk over objects, which submits the same tasks.
 */
@Component
public class BucketUsageSweep {

    /** How long after its time a change may become visible to this job. */
    static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(BucketUsageSweep.class);

    private final Function<Instant, List<Buckets.BucketRef>> changedSince;
    private final UsageCursorStore cursors;
    private final ChangedBuckets changed;
    private final InstantSource clock;

    @Autowired
    BucketUsageSweep(Objects objects, UsageCursorStore cursors, ChangedBuckets changed, InstantSource clock) {
        this(objects::changedSince, cursors, changed, clock);
    }

    /**
     * @param changedSince the buckets with objects written at or after an instant
     * @param changed submits the count of a bucket; the task is stored when it returns
     */
    BucketUsageSweep(
            Function<Instant, List<Buckets.BucketRef>> changedSince,
            UsageCursorStore cursors,
            ChangedBuckets changed,
            InstantSource clock) {
        this.changedSince = changedSince;
        this.cursors = cursors;
        this.changed = changed;
        this.clock = clock;
    }

    /**
     * Submits a count of each bucket changed since the stored cursor, and only then advances the cursor. The lock is
     * short, because a killed instance holds it until it expires; two sweeps at once do no harm.
     */
    @Scheduled(fixedDelay = 1500)
    @SchedulerLock(name = "bucket-usage-sweep", lockAtMostFor = "PT3S", lockAtLeastFor = "PT1S")
    public void sweep() {
        try {
            Instant now = clock.instant();
            Instant from = cursors.find()
                    .map(reached -> reached.isBefore(now) ? reached : now)
                    .orElse(Instant.EPOCH);
            changedSince.apply(from.minus(MARGIN)).forEach(changed::changed);
            cursors.save(now);
        } catch (RuntimeException e) {
            log.warn("Not all buckets that changed are counted; the next run tries again: {}", e.toString());
            log.debug("Not all buckets that changed are counted", e);
        }
    }
}
