package dev.waybill.objects;

import dev.waybill.buckets.Buckets;
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
 * Keeps buckets' counters right within 5 s of quiet. Nothing is ever incremented: a bucket that changed is counted again
 * from its objects by a {@link UsageTask}, so that a crash anywhere costs a repetition and never a number. This is a job
 * of its own, as those who write would otherwise have to submit such a task with every object.
 *
 * <p>A change is found by the time it was written. It may become visible a little later than that, so the search looks
 * back by {@link #MARGIN}: whatever it finds is counted after it was found, and what it finds often is counted often.
 * What becomes visible later still is found by the walk over objects, which has counted what it passes.
 */
@Component
class BucketUsageSweep {

    /** How late a change may become visible. */
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
     * Has counted what changed since the last time, and only then remembers how far it looked. The lock is short, because
     * an instance that was killed keeps it; two sweeps at once do no harm.
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
