package dev.waybill.usage;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.MovedClock;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.objects.ObjectsDatabase;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sweep and the task; submitted counts are collected in a set here. */
@OnEveryDatabase
class BucketUsageSweepTests {

    private static final Buckets.BucketRef HERE = new Buckets.BucketRef(ACME, PHOTOS);
    private static final Buckets.BucketRef THERE = new Buckets.BucketRef(OTHER, SONGS);
    private static final Duration RUN = Duration.ofMillis(1500);

    private final ObjectsDatabase database;

    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final Map<Buckets.BucketRef, BucketUsage> recorded = new HashMap<>();
    private final Set<Buckets.BucketRef> submitted = new LinkedHashSet<>();
    private UsageCursorStore cursors;
    private Objects objects;
    private BucketUsageSweep sweep;
    private UsageTask task;
    private int counts;

    BucketUsageSweepTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @AfterEach
    void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void start() {
        cursors = new UsageCursorStore(database.template());
        objects = database.objects(clock);
        sweep = new BucketUsageSweep(objects::changedSince, cursors, submitted::add, clock);
        task = task(objects::usage);
    }

    @Test
    void anInsertedObjectIsCountedByTheNextRun() {
        insert(object(ACME, PHOTOS, "obj_1", 40, NOON));
        database.insert(
                clock,
                List.of(object(ACME, PHOTOS, "obj_2", 2, NOON.plusSeconds(1)), object(OTHER, SONGS, "obj_3", 7, NOON)));

        run();

        assertThat(recorded.get(HERE)).isEqualTo(new BucketUsage(2, 42, 40, 2, NOON.plusSeconds(1), clock.instant()));
        assertThat(recorded.get(THERE).totalSizeBytes()).isEqualTo(7);
    }

    @Test
    void aBucketThatChangesAgainIsCountedAgain() {
        for (int i = 1; i <= 4; i++) {
            insert(object(ACME, PHOTOS, "obj_" + i, 1, NOON));
            run();
            assertThat(recorded.get(HERE).objectCount()).isEqualTo(i);
        }
    }

    @Test
    void aQuietBucketIsLeftAlone() {
        insert(object(ACME, PHOTOS, "obj_1", 1, NOON));
        runFor(Duration.ofSeconds(20));
        assertThat(counts).isBetween(1, 5);
        counts = 0;

        runFor(Duration.ofMinutes(11));

        assertThat(counts).isZero();
    }

    @Test
    void aWriteThatBecomesVisibleLateIsCounted() {
        insert(object(ACME, PHOTOS, "obj_1", 1, NOON));
        runFor(Duration.ofSeconds(1));

        var other = new MovedClock("2026-11-21T12:00:00Z");
        other.set(clock.instant().minusSeconds(4));
        database.insert(other, List.of(object(ACME, PHOTOS, "obj_2", 1, NOON), object(OTHER, SONGS, "obj_3", 1, NOON)));
        runFor(Duration.ofSeconds(5));

        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
        assertThat(recorded.get(THERE).objectCount()).isEqualTo(1);
    }

    @Test
    void aWriterWhoseClockIsAheadIsCountedAndDoesNotHideOthers() {
        var ahead = new MovedClock("2026-11-21T13:00:00Z");
        database.insert(ahead, List.of(object(ACME, PHOTOS, "obj_1", 1, NOON)));
        run();
        assertThat(recorded.get(HERE).objectCount()).isOne();

        insert(object(ACME, PHOTOS, "obj_2", 1, NOON));
        runFor(Duration.ofSeconds(4));
        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
    }

    @Test
    void deletedObjectsAreNoLongerCounted() {
        database.insert(
                clock,
                IntStream.range(0, 3)
                        .mapToObj(i -> object(ACME, PHOTOS, "obj_" + i, 10, NOON))
                        .toList());
        runFor(Duration.ofSeconds(20));

        delete("obj_0");
        run();
        assertThat(recorded.get(HERE).totalSizeBytes()).isEqualTo(20);

        delete("obj_1");
        delete("obj_2");
        run();
        assertThat(recorded.get(HERE).objectCount()).isZero();
    }

    @Test
    void aChangeWhoseCountWasNotSubmittedIsFoundAgain() {
        insert(object("obj_1"));
        var dying = new BucketUsageSweep(
                objects::changedSince,
                cursors,
                bucket -> {
                    throw new IllegalStateException("crashed here");
                },
                clock);
        dying.sweep();
        clock.move(Duration.ofDays(1));

        run();

        assertThat(recorded.get(HERE).objectCount()).isOne();
    }

    @Test
    void changesMadeWhileNoSweepRanAreFound() {
        insert(object("obj_1"));
        run();
        insert(object("obj_2"));
        clock.move(Duration.ofDays(3));

        run();

        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
    }

    @Test
    void aBucketThatIsSlowToCountIsCountedRarely() {
        task = task(slowly(Duration.ofMillis(300)));
        List<TaskOutcome> others = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clock.move(Duration.ofMillis(500));
            TaskOutcome outcome = task.count(HERE);
            if (outcome instanceof TaskOutcome.Later) {
                others.add(outcome);
            }
        }

        // 300 ms of work are followed by 3 s of rest: in 10 s at most 4 counts, and not 20.
        assertThat(counts).isBetween(2, 4);
        assertThat(others).hasSize(20 - counts);
    }

    @Test
    void anUnavailableDatabaseDoesNotEndTheSweep() {
        var broken = new BucketUsageSweep(
                from -> {
                    throw new IllegalStateException("unavailable");
                },
                cursors,
                submitted::add,
                clock);

        broken.sweep();

        assertThat(submitted).isEmpty();
        assertThat(cursors.find()).isEmpty();
    }

    /** Counts that take at least this long. */
    private UsageTask.Counting slowly(Duration duration) {
        return (scope, bucket, at) -> {
            long until = System.nanoTime() + duration.toNanos();
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            return objects.usage(scope, bucket, at);
        };
    }

    private UsageTask task(UsageTask.Counting counted) {
        return new UsageTask(
                counted,
                (scope, bucket, usage) -> {
                    counts++;
                    recorded.put(new Buckets.BucketRef(scope, bucket), usage);
                },
                clock);
    }

    private void delete(String id) {
        database.delete(clock, ACME, new ObjectId(id));
    }

    private void insert(BucketObject object) {
        database.insert(clock, List.of(object));
    }

    /**
     * Counts that are postponed are run when they are due. The duration of a count is measured on the machine, which may
     * be busy, so the pause after it may reach beyond the next run.
     */
    private void run() {
        clock.move(RUN);
        sweep.sweep();
        for (Buckets.BucketRef bucket : submitted) {
            while (task.count(bucket) instanceof TaskOutcome.Later later) {
                clock.move(later.after());
            }
        }
        submitted.clear();
    }

    private void runFor(Duration time) {
        for (var end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
            run();
        }
    }
}
