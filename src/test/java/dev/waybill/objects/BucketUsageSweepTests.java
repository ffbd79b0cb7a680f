package dev.waybill.objects;

import static dev.waybill.objects.ObjectFixtures.ACME;
import static dev.waybill.objects.ObjectFixtures.NOON;
import static dev.waybill.objects.ObjectFixtures.OTHER;
import static dev.waybill.objects.ObjectFixtures.PHOTOS;
import static dev.waybill.objects.ObjectFixtures.SONGS;
import static dev.waybill.objects.ObjectFixtures.object;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.BucketUsage;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class BucketUsageSweepTests {

    private static final BucketPlace HERE = new BucketPlace(ACME, PHOTOS);
    private static final BucketPlace THERE = new BucketPlace(OTHER, SONGS);
    private static final Duration RUN = Duration.ofMillis(1500);

    private final ObjectsDatabase database;

    private final MovedClock clock = new MovedClock("2026-11-21T12:00:00Z");
    private final Map<BucketPlace, BucketUsage> recorded = new HashMap<>();
    private UsageStore marks;
    private ObjectStore store;
    private Objects objects;
    private BucketUsageSweep sweep;
    private int countings;

    BucketUsageSweepTests(Databases where) {
        database = new ObjectsDatabase(where);
    }

    @AfterEach
    void stopDatabase() {
        database.close();
    }

    @BeforeEach
    void start() {
        marks = new MongoUsageStore(database.template());
        store = new MongoObjectStore(database.template(), null, clock);
        objects = new Objects(store, marks, ObjectsDatabase.noTraces(), clock);
        sweep = restarted();
    }

    @Test
    void anInsertedObjectIsCountedByTheNextRun() {
        objects.insert(object(ACME, PHOTOS, "obj_1", 40, NOON));
        objects.insertAll(
                List.of(object(ACME, PHOTOS, "obj_2", 2, NOON.plusSeconds(1)), object(OTHER, SONGS, "obj_3", 7, NOON)));

        run();

        assertThat(recorded.get(HERE)).isEqualTo(new BucketUsage(2, 42, 40, 2, NOON.plusSeconds(1), clock.instant()));
        assertThat(recorded.get(THERE).totalBytes()).isEqualTo(7);
    }

    @Test
    void aBucketThatChangesAgainIsCountedAgain() {
        for (int i = 1; i <= 4; i++) {
            objects.insert(object(ACME, PHOTOS, "obj_" + i, 1, NOON));
            run();
            assertThat(recorded.get(HERE).objectCount()).isEqualTo(i);
        }
    }

    @Test
    void aQuietBucketIsLeftAloneUntilItsRecheck() {
        objects.insert(object(ACME, PHOTOS, "obj_1", 1, NOON));
        runFor(Duration.ofSeconds(20));
        assertThat(countings).isLessThanOrEqualTo(5);
        countings = 0;

        runFor(BucketUsageSweep.RECHECK.minusSeconds(40));
        assertThat(countings).isZero();

        runFor(Duration.ofMinutes(1));
        assertThat(countings).isOne();
    }

    @Test
    void aWriteThatBecomesVisibleLateIsCountedAllTheSame() {
        objects.insert(object(ACME, PHOTOS, "obj_1", 1, NOON));
        runFor(Duration.ofSeconds(1));

        var other = new MovedClock("2026-11-21T12:00:00Z");
        other.set(clock.instant().minusSeconds(4));
        var lateWriter = new MongoObjectStore(database.template(), null, other);
        lateWriter.insert(object(ACME, PHOTOS, "obj_2", 1, NOON));
        lateWriter.insert(object(OTHER, SONGS, "obj_3", 1, NOON));
        runFor(Duration.ofSeconds(5));

        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
        assertThat(recorded.get(THERE).objectCount()).isEqualTo(1);
    }

    @Test
    void aWriterWhoseClockIsAheadIsCountedAndDoesNotHideOthers() {
        var ahead = new MovedClock("2026-11-21T13:00:00Z");
        new MongoObjectStore(database.template(), null, ahead).insert(object(ACME, PHOTOS, "obj_1", 1, NOON));
        run();
        assertThat(recorded.get(HERE).objectCount()).isOne();

        objects.insert(object(ACME, PHOTOS, "obj_2", 1, NOON));
        runFor(Duration.ofSeconds(4));
        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
    }

    @Test
    void removedObjectsAreCountedOut() {
        objects.insertAll(IntStream.range(0, 5)
                .mapToObj(i -> object(ACME, PHOTOS, "obj_" + i, 10, NOON))
                .toList());
        runFor(Duration.ofSeconds(20));

        objects.removeAll(ACME, PHOTOS, List.of(new ObjectId("obj_0"), new ObjectId("obj_1")));
        run();

        assertThat(recorded.get(HERE).totalBytes()).isEqualTo(30);
    }

    @Test
    void aRemovalThatIsSlowerThanTheRunAfterItsMarkIsSeen() {
        objects.insertAll(List.of(object("obj_1"), object("obj_2")));
        runFor(Duration.ofSeconds(20));

        objects.markDirty(ACME, PHOTOS);
        run();
        store.removeAll(ACME, List.of(new ObjectId("obj_1")));
        runFor(Duration.ofSeconds(5));

        assertThat(recorded.get(HERE).objectCount()).isOne();
    }

    @Test
    void anEmptiedBucketIsToldAsEmptyAndForgotten() {
        objects.insert(object("obj_1"));
        run();
        objects.removeAll(ACME, PHOTOS, List.of(new ObjectId("obj_1")));
        runFor(Duration.ofSeconds(10));

        assertThat(recorded.get(HERE).objectCount()).isZero();
        assertThat(marks.known(List.of(HERE))).isEmpty();
    }

    @Test
    void aChangeFoundBeforeACrashIsCountedAfterIt() {
        objects.insert(object("obj_1"));
        sweep = new BucketUsageSweep(store, marks, (scope, bucket, usage) -> crash(), clock);
        run();
        assertThat(recorded).isEmpty();

        sweep = restarted();
        runFor(Duration.ofSeconds(4));

        assertThat(recorded.get(HERE).objectCount()).isOne();
    }

    @Test
    void changesMadeWhileNoSweepRanAreFound() {
        objects.insert(object("obj_1"));
        run();
        objects.insert(object("obj_2"));
        clock.move(Duration.ofDays(3));

        sweep = restarted();
        run();

        assertThat(recorded.get(HERE).objectCount()).isEqualTo(2);
    }

    @Test
    void oneBucketThatCannotBeRecordedDoesNotHoldUpTheOthers() {
        objects.insert(object(ACME, PHOTOS, "obj_1", 1, NOON));
        objects.insert(object(OTHER, SONGS, "obj_2", 1, NOON));
        sweep = new BucketUsageSweep(
                store,
                marks,
                (scope, bucket, usage) -> {
                    if (bucket.equals(PHOTOS)) {
                        crash();
                    }
                    recorded.put(new BucketPlace(scope, bucket), usage);
                },
                clock);

        run();

        assertThat(recorded).containsOnlyKeys(THERE);
    }

    @Test
    void aHugeBucketIsNotCountedAllTheTime() {
        var slow = new SlowlyCounted(store, Duration.ofMillis(300));
        sweep = new BucketUsageSweep(slow, marks, (scope, bucket, usage) -> countings++, clock);

        for (int i = 0; i < 20; i++) {
            objects.insert(object("obj_" + i));
            clock.move(Duration.ofMillis(500));
            sweep.sweep();
        }

        // 300 ms of work are followed by 2.7 s of rest: in 10 s at most 4 countings, and not 20.
        assertThat(countings).isBetween(2, 4);
    }

    @Test
    void theSurveyFindsABucketThatEverythingElseMissed() {
        objects.insert(object("obj_1"));
        marks.moveWatermark(clock.instant().plusSeconds(3600));
        clock.move(Duration.ofHours(1));

        runFor(Duration.ofSeconds(5));

        assertThat(recorded.get(HERE).objectCount()).isOne();
    }

    @Test
    void aDatabaseThatIsAwayIsNoEndOfTheSweep() {
        var broken = new BucketUsageSweep(
                new SlowlyCounted(store, Duration.ZERO) {
                    @Override
                    public List<BucketChange> changedSince(Instant from) {
                        throw new IllegalStateException("away");
                    }
                },
                marks,
                (scope, bucket, usage) -> countings++,
                clock);

        broken.sweep();

        assertThat(countings).isZero();
    }

    private BucketUsageSweep restarted() {
        return new BucketUsageSweep(
                store,
                marks,
                (scope, bucket, usage) -> {
                    countings++;
                    recorded.put(new BucketPlace(scope, bucket), usage);
                },
                clock);
    }

    private void run() {
        clock.move(RUN);
        sweep.sweep();
    }

    private void runFor(Duration time) {
        for (var end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
            run();
        }
    }

    private static void crash() {
        throw new IllegalStateException("crashed here");
    }
}
