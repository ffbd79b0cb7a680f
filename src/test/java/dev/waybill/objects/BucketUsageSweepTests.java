package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.insert;
import static dev.waybill.objects.ObjectFixtures.insertAll;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
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

/** The sweep and the task task; submitted counts are collected in a set here. */
@OnEveryDatabase
class BucketUsageSweepTests {

    private static final Buckets.BucketRef HERE = new Buckets.BucketRef(ACME, PHOTOS);
    private static final Buckets.BucketRef THERE = new Buckets.BucketRef(OTHER, SONGS);
    private static final Duration RUN = Duration.ofMillis(1500);

    private final ObjectsDatabase database;

    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final Map<Buckets.BucketRef, BucketUsage> recorded = new HashMap<>();
    private final Set<Buckets.BucketRef> submitted = new LinkedHashSet<>();
    private ObjectWalkStore cursors;
    private ObjectStore store;
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
        cursors = new ObjectWalkStore(database.template());
        store = new MongoObjectStore(database.template(), null, clock);
        sweep = new BucketUsageSweep(store, cursors, submitted::add, clock);
        task = task(store);
    }

    @Test
    void anInsertedObjectIsCountedByTheNextRun() {
        insert(store, object(ACME, PHOTOS, "obj_1", 40, NOON));
        insertAll(
                store,
                List.of(object(ACME, PHOTOS, "obj_2", 2, NOON.plusSeconds(1)), object(OTHER, SONGS, "obj_3", 7, NOON)));

        run();

        assertThat(recorded.get(HERE)).isEqualTo(new BucketUsage(2, 42, 40, 2, NOON.plusSeconds(1), clock.instant()));
        assertThat(recorded.get(THERE).totalSizeBytes()).isEqualTo(7);
    }

    @Test
    void aBucketThatChangesAgainIsCountedAgain() {
        for (int i = 1; i <= 4; i++) {
            insert(store, object(ACME, PHOTOS, "obj_" + i, 1, NOON));
            run();
            assertThat(recorded.get(HERE).objectCount()).isEqualTo(i);
        }
    }

    @Test
    void aQuietBucketIsLeftAlone() {
        insert(store, object(ACME, PHOTOS, "obj_1", 1, NOON));
        runFor(Duration.ofSeconds(20));
        assertThat(counts).isBetween(1, 5);
        counts = 0;

        runFor(Duration.ofMinutes(11));

        assertThat(counts).isZero();
    }

    @Test
    void aWriteThatBecomesVisibleLateIsCounted() {
        insert(store, object(ACME, PHOTOS, "obj_1", 1, NOON));
        runFor(Duration.ofSeconds(1));

        var other = new MovedClock("2026-11-21T12:00:00Z");
        other.set(clock.instant().minusSeconds(4));
        var lateWriter = new MongoObjectStore(database.template(), null, other);
        insert(lateWriter, object(ACME, PHOTOS, "obj_2", 1, NOON));
        insert(lateWriter, object(OTHER, SONGS, "obj_3", 1, NOON));
        runFor(Duration.ofSeconds(5));

        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
        assertThat(recorded.get(THERE).objectCount()).isEqualTo(1);
    }

    @Test
    void aWriterWhoseClockIsAheadIsCountedAndDoesNotHideOthers() {
        var ahead = new MovedClock("2026-11-21T13:00:00Z");
        insert(new MongoObjectStore(database.template(), null, ahead), object(ACME, PHOTOS, "obj_1", 1, NOON));
        run();
        assertThat(recorded.get(HERE).objectCount()).isOne();

        insert(store, object(ACME, PHOTOS, "obj_2", 1, NOON));
        runFor(Duration.ofSeconds(4));
        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
    }

    @Test
    void deletedObjectsAreNoLongerCounted() {
        insertAll(
                store,
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
        insert(store, object("obj_1"));
        var dying = new BucketUsageSweep(
                store,
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
        insert(store, object("obj_1"));
        run();
        insert(store, object("obj_2"));
        clock.move(Duration.ofDays(3));

        run();

        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
    }

    @Test
    void aBucketThatIsSlowToCountIsCountedRarely() {
        task = task(new SlowlyCounted(store, Duration.ofMillis(300)));
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
                new SlowlyCounted(store, Duration.ZERO) {
                    @Override
                    public List<Buckets.BucketRef> changedSince(Instant from) {
                        throw new IllegalStateException("unavailable");
                    }
                },
                cursors,
                submitted::add,
                clock);

        broken.sweep();

        assertThat(submitted).isEmpty();
        assertThat(cursors.find(ObjectWalkEntity.COUNTED)).isEmpty();
    }

    private UsageTask task(ObjectStore counted) {
        return new UsageTask(
                counted,
                (scope, bucket, usage) -> {
                    counts++;
                    recorded.put(new Buckets.BucketRef(scope, bucket), usage);
                },
                clock);
    }

    private void delete(String id) {
        ObjectRow row = store.row(ACME, new ObjectId(id)).orElseThrow();
        store.change(row, row.toTombstone(new UploadOutcome(UploadOutcome.Cause.DELETED, "", false), clock.instant()));
    }

    /**
     * Counts that are postponed are run when they are due. The duration of task is measured on the machine, which may
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
