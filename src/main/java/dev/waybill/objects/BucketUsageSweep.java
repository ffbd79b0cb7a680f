package dev.waybill.objects;

import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Keeps buckets' counters right within 5 s of quiet. Nothing is ever incremented: a bucket that changed is marked
 * durably, and a marked bucket is counted again from its objects, so that a crash anywhere costs a repetition and never
 * a number.
 *
 * <p>A change is found by the time it was written. It may become visible a little later than that, and clocks differ:
 * so the search looks back by {@link #MARGIN}, and a bucket is counted again until its last change is that old. Should
 * all of that fail, every bucket is counted every {@link #RECHECK} anyway.
 */
@Component
class BucketUsageSweep {

    /** How late a change may become visible, other instances' clocks included. */
    static final Duration MARGIN = Duration.ofSeconds(5);

    /** How soon a bucket that changed a moment ago is counted again. */
    static final Duration AGAIN = Duration.ofSeconds(2);

    /** How often a bucket is counted although nothing is known to have changed. */
    static final Duration RECHECK = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(BucketUsageSweep.class);
    private static final int PAUSE_PER_WORK = 10;
    private static final int MARKS_PER_RUN = 1000;
    private static final int PLACES_PER_RUN = 20;
    private static final Duration SHORT_CLAIM = Duration.ofSeconds(2);
    private static final Duration COUNTING_PER_RUN = Duration.ofSeconds(2);
    private static final Duration SURVEY_PER_RUN = Duration.ofMillis(50);

    private final ObjectStore objects;
    private final UsageStore marks;
    private final UsageRecorder recorder;
    private final InstantSource clock;
    private volatile @Nullable BucketPlace surveyed;
    private volatile Instant nextSurvey = Instant.EPOCH;

    @Autowired
    BucketUsageSweep(ObjectStore objects, UsageStore marks, Buckets buckets, InstantSource clock) {
        this(objects, marks, buckets::recordUsage, clock);
    }

    BucketUsageSweep(ObjectStore objects, UsageStore marks, UsageRecorder recorder, InstantSource clock) {
        this.objects = objects;
        this.marks = marks;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** The lock is short, because an instance that was killed keeps it; two sweeps at once do no harm. */
    @Scheduled(fixedDelay = 1500)
    @SchedulerLock(name = "bucket-usage-sweep", lockAtMostFor = "PT3S", lockAtLeastFor = "PT1S")
    public void sweep() {
        try {
            findChanges();
            survey();
            count();
        } catch (RuntimeException e) {
            warn(e);
        }
    }

    /** Marks what changed since the last time, and only then remembers how far it looked. */
    private void findChanges() {
        Instant now = clock.instant();
        Instant reached = marks.watermark();
        Instant from = reached.isBefore(now) ? reached : now;
        List<BucketChange> changes = objects.changedSince(from.minus(MARGIN)).stream()
                .map(change -> change.lastChange().isAfter(now) ? new BucketChange(change.place(), now) : change)
                .toList();
        mark(changes, now);
        marks.moveWatermark(now);
    }

    /** Goes through all buckets that hold objects, a few at a time, and marks those that were missed. */
    private void survey() {
        Instant now = clock.instant();
        if (now.isBefore(nextSurvey)) {
            return;
        }
        long started = System.nanoTime();
        List<BucketChange> found = new ArrayList<>();
        do {
            Optional<BucketPlace> next = objects.bucketAfter(surveyed);
            surveyed = next.orElse(null);
            if (next.isEmpty()) {
                nextSurvey = now.plus(RECHECK);
                break;
            }
            found.add(new BucketChange(next.get(), Instant.EPOCH));
        } while (found.size() < PLACES_PER_RUN && since(started).compareTo(SURVEY_PER_RUN) < 0);
        mark(found, now);
    }

    private void mark(List<BucketChange> changes, Instant now) {
        Map<BucketPlace, Instant> known =
                marks.known(changes.stream().map(BucketChange::place).toList());
        marks.mark(changes.stream().filter(change -> isNews(change, known)).toList(), now);
    }

    private static boolean isNews(BucketChange change, Map<BucketPlace, Instant> known) {
        Instant last = known.get(change.place());
        return last == null || change.lastChange().isAfter(last);
    }

    private void count() {
        long started = System.nanoTime();
        for (UsageMark mark : marks.due(clock.instant(), MARKS_PER_RUN)) {
            if (since(started).compareTo(COUNTING_PER_RUN) > 0) {
                return;
            }
            try {
                count(mark);
            } catch (RuntimeException e) {
                warn(e);
            }
        }
    }

    private void count(UsageMark mark) {
        Instant now = clock.instant();
        if (!marks.claim(mark, now.plus(claimFor(mark)))) {
            return;
        }
        long started = System.nanoTime();
        BucketPlace place = mark.place();
        BucketUsage usage = objects.usage(place.scope(), place.bucket(), now);
        recorder.recordUsage(place.scope(), place.bucket(), usage);
        Duration took = since(started);
        boolean settled = !now.isBefore(mark.lastChange().plus(MARGIN));
        if (settled && usage.objectCount() == 0) {
            marks.forget(mark);
        } else {
            marks.computed(
                    mark, now.plus(settled ? RECHECK : AGAIN), now.plus(took.multipliedBy(PAUSE_PER_WORK)), took);
        }
    }

    /** Longer than the counting takes, yet short for most, because a killed instance keeps its claims too. */
    private static Duration claimFor(UsageMark mark) {
        Duration likely = mark.took().multipliedBy(3);
        return likely.compareTo(SHORT_CLAIM) > 0 ? likely : SHORT_CLAIM;
    }

    private static void warn(RuntimeException e) {
        log.warn("Buckets could not be counted; the next run tries again: {}", e.toString());
        log.debug("Buckets could not be counted", e);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
