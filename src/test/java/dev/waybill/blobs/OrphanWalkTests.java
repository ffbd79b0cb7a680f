package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.Databases;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.OnEveryDatabase;
import dev.waybill.testing.Soak;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Ordered among the first, while the heap is small: one of its tests forces a garbage collection. */
@Order(1)
@OnEveryDatabase
class OrphanWalkTests {

    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration MONTH = Duration.ofDays(30);

    private final TestMongo mongo;
    private final MovedTime time = MovedTime.create();
    private final IdGenerator ids = new IdGenerator(time);
    private final InMemoryObjectStorage bucket = new InMemoryObjectStorage(time);
    private final Set<ObjectKey> named = new HashSet<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    OrphanWalkTests(Databases where) {
        mongo = new TestMongo(where);
    }

    @BeforeEach
    void begin() {
        time.stopAt(START);
    }

    @AfterEach
    void stop() {
        mongo.close();
    }

    @Test
    void orphansAreRemovedADayLaterAndOwnedKeysStay() {
        List<ObjectKey> owned = put(40);
        named.addAll(owned);
        List<ObjectKey> orphans = put(40);
        time.stopAt(START.plusMillis(1));
        List<ObjectKey> young = put(40);

        time.stopAt(START.plus(DAY));
        walk().run();
        assertThat(bucket.size()).isEqualTo(120);

        time.stopAt(START.plus(DAY).plusMillis(1));
        walk().run();
        assertGone(orphans);
        assertThere(owned);
        assertThere(young);
        assertThat(registry.get("waybill.blobs.orphans.removed").counter().count())
                .isEqualTo(40);
    }

    @Test
    void stagingKeysAreLeftAlone() {
        ObjectKey staged = BlobKeys.staged(ids.next("upl_"), "ns_1", "photo.jpg");
        bucket.accept(staged, new byte[] {1}, "image/jpeg");

        time.stopAt(START.plus(Duration.ofDays(400)));
        walk().run();

        assertThere(List.of(staged));
    }

    @Test
    void oneOwnerOfSeveralIsEnough() {
        List<ObjectKey> owned = put(40);
        Set<ObjectKey> first = new HashSet<>(owned.subList(0, 20));
        Set<ObjectKey> second = new HashSet<>(owned.subList(20, 40));
        List<ObjectKey> orphans = put(10);

        time.stopAt(START.plus(DAY).plusMillis(1));
        walk(bucket, List.of(owner(first), owner(second))).run();

        assertThere(owned);
        assertGone(orphans);
    }

    @Test
    void ownersAreQueriedPerPartition() {
        List<ObjectKey> one = put(40, "ns_one");
        List<ObjectKey> other = put(40, "org_other");
        named.addAll(one);
        Set<ObjectKey> queried = new HashSet<>();
        BlobOwner owner = owner((partition, keys) -> {
            assertThat(keys).allMatch(key -> key.value().contains("/" + partition + "/"));
            queried.addAll(keys);
            return owner(named).owned(partition, keys);
        });

        time.stopAt(START.plus(DAY).plusMillis(1));
        walk(bucket, List.of(owner)).run();

        assertThat(queried).containsAll(one).containsAll(other);
        assertThere(one);
        assertGone(other);
    }

    /** A copy whose answer was lost may be written by storage long after its key was created. */
    @Test
    void aCopyWrittenLateIsRemovedADayAfterItWasWritten() {
        ObjectKey late = key("a/", "ns_1");
        time.stopAt(START.plusSeconds(60));
        ObjectKey next = key("a/", "ns_1");
        bucket.accept(next, new byte[] {1}, "image/jpeg");
        time.stopAt(START.plus(Duration.ofHours(5)));
        bucket.accept(late, new byte[] {1}, "image/jpeg");

        time.stopAt(START.plus(DAY).plusSeconds(120));
        walk().run();
        assertThere(List.of(late));

        time.stopAt(START.plus(DAY).plus(Duration.ofHours(5)).plusMillis(1));
        walk().run();
        assertGone(List.of(late, next));
    }

    @Test
    void foreignKeysAreSkippedHoweverMany() {
        List<ObjectKey> foreign = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            foreign.add(new ObjectKey("a/0-%04d".formatted(i)));
        }
        foreign.add(new ObjectKey("a/zzz"));
        foreign.add(new ObjectKey("elsewhere/0VXsK2aQ3nB8xYz1/ns_1/photo.jpg"));
        foreign.forEach(key -> bucket.accept(key, new byte[] {1}, "image/jpeg"));
        ObjectKey orphan = key("a/", "ns_1");
        bucket.accept(orphan, new byte[] {1}, "image/jpeg");

        time.stopAt(START.plus(DAY).plusMillis(1));
        walk().run();

        assertThere(foreign);
        assertGone(List.of(orphan));
    }

    @Test
    void theCursorAdvancesAndAMonthLaterTheWalkStartsOver() {
        List<ObjectKey> passed = put(40);
        named.addAll(passed);
        time.stopAt(START.plus(DAY).plusMillis(1));
        walk().run();

        named.clear();
        List<ObjectKey> orphans = put(40);
        time.stopAt(START.plus(DAY).plus(DAY).plusMillis(2));
        walk().run();
        assertGone(orphans);
        assertThere(passed);

        time.stopAt(START.plus(DAY).plus(MONTH));
        walk().run();
        assertThere(passed);

        time.stopAt(START.plus(DAY).plus(MONTH).plus(DAY).plusMillis(3));
        walk().run();
        assertGone(passed);
    }

    @Test
    void checkedKeysAreNotListedAgain() {
        named.addAll(put(200));
        WatchedStorage watched = new WatchedStorage(bucket);
        time.stopAt(START.plus(DAY).plusMillis(1));
        walk(watched.storage(), List.of(owner(named))).run();
        AtomicInteger queried = new AtomicInteger();

        walk(watched.storage(), List.of(owner((partition, keys) -> {
                    queried.addAndGet(keys.size());
                    return Set.of();
                })))
                .run();

        assertThat(queried).hasValue(0);
        assertThat(watched.removals).isEmpty();
        assertThat(watched.pages).hasSize(32);
    }

    @Test
    void aFailingOwnerLeavesEverythingToTheNextRun() {
        named.addAll(put(40));
        List<ObjectKey> orphans = put(40);
        time.stopAt(START.plus(DAY).plusMillis(1));
        BlobOwner broken = owner((partition, keys) -> {
            throw new IllegalStateException("the database is unavailable");
        });

        OrphanWalk failing = walk(bucket, List.of(owner(named), broken));
        assertThatThrownBy(failing::run).hasMessage("the database is unavailable");
        assertThat(bucket.size()).isEqualTo(80);
        assertThat(cursors()).isEmpty();

        walk().run();
        assertGone(orphans);
        assertThat(bucket.size()).isEqualTo(40);
    }

    @Test
    void whatAnOutageLeavesIsRemovedByTheNextRun() {
        List<ObjectKey> orphans = put(40);
        time.stopAt(START.plus(DAY).plusMillis(1));
        bucket.failWith(StorageException.Kind.UNAVAILABLE);
        walk().run();
        bucket.failWith(null);
        assertThat(cursors()).isEmpty();

        BlobOwner last = owner((partition, keys) -> {
            bucket.failWith(StorageException.Kind.UNAVAILABLE);
            return Set.of();
        });
        walk(bucket, List.of(last)).run();
        bucket.failWith(null);
        assertThere(orphans);
        assertThat(cursors()).isEmpty();

        walk().run();
        assertGone(orphans);
    }

    /** Only the current page is held in memory; of a million keys with {@code -Psoak}. */
    @Test
    void manyKeysAreWalkedOnePageAfterTheOther() {
        EndlessBucket endless = new EndlessBucket();
        WatchedStorage watched = WatchedStorage.listing(endless);
        AtomicInteger queried = new AtomicInteger();
        BlobOwner owner = owner((partition, keys) -> {
            assertThat(keys).hasSizeLessThanOrEqualTo(1_000);
            queried.addAndGet(keys.size());
            return keys.stream()
                    .filter(key -> !key.value().contains("00000/" + partition))
                    .collect(Collectors.toSet());
        });

        walk(watched.storage(), List.of(owner)).run();

        assertThat(queried).hasValue(16 * EndlessBucket.KEYS);
        assertThat(watched.pages).hasSize(16 * Math.ceilDiv(EndlessBucket.KEYS, 1_000));
        assertThat(watched.removals).hasSize(16).containsOnly(1);
        assertThat(endless.mostPagesAlive).isBetween(0L, 3L);
    }

    /** Sixteen shards of old keys, of three namespaces. */
    private static final class EndlessBucket implements WatchedStorage.Listing {

        private static final int KEYS = Soak.count(6_250, 62_500);
        private static final int CHECKED_AFTER = 8 * Math.ceilDiv(KEYS, 1_000);

        private final List<WeakReference<StoredObject>> pages = new ArrayList<>();
        private final ETag etag = ETag.of("0", false);
        private long mostPagesAlive = -1;

        @Override
        public List<StoredObject> page(String prefix, @Nullable ObjectKey after, int max) {
            int from = after == null ? 0 : Integer.parseInt(after.value().substring(4, 18)) + 1;
            List<StoredObject> page = IntStream.range(from, Math.min(KEYS, from + max))
                    .mapToObj(number -> object(prefix, number))
                    .toList();
            page.stream().findFirst().ifPresent(first -> pages.add(new WeakReference<>(first)));
            if (pages.size() == CHECKED_AFTER) {
                System.gc();
                mostPagesAlive =
                        pages.stream().filter(first -> first.get() != null).count() - 1;
            }
            return page;
        }

        private StoredObject object(String prefix, int number) {
            String id = "V" + (100_000_000_000_000L + number);
            ObjectKey key = new ObjectKey(prefix + id + "/ns_" + number % 3 + "/photo.jpg");
            return new StoredObject(key, 1, etag, null, null, null, null, Instant.EPOCH);
        }
    }

    private OrphanWalk walk() {
        return walk(bucket, List.of(owner(named)));
    }

    private OrphanWalk walk(ObjectStorage storage, List<BlobOwner> owners) {
        return new OrphanWalk(
                storage,
                new KeyWalk(storage, owners),
                new WalkStore(mongo.template()),
                new StorageClock(bucket, time),
                registry);
    }

    private static BlobOwner owner(Set<ObjectKey> named) {
        return owner((partition, keys) -> keys.stream().filter(named::contains).collect(Collectors.toSet()));
    }

    /** An owner that answers {@link BlobOwner#owned} only. */
    private static BlobOwner owner(BiFunction<String, Collection<ObjectKey>, Set<ObjectKey>> owned) {
        return new BlobOwner() {
            @Override
            public Set<ObjectKey> owned(String partition, Collection<ObjectKey> keys) {
                return owned.apply(partition, keys);
            }

            @Override
            public List<Named> page(String partition, @Nullable String after, int max) {
                throw new UnsupportedOperationException("the walk over keys reads no rows");
            }
        };
    }

    private List<WalkCursorEntity> cursors() {
        return mongo.template().findAll(WalkCursorEntity.class);
    }

    private List<ObjectKey> put(int count) {
        return put(count, "ns_1");
    }

    private List<ObjectKey> put(int count, String partition) {
        List<ObjectKey> keys = Stream.generate(() -> BlobKeys.fresh(ids, partition, "photo.jpg"))
                .limit(count)
                .toList();
        keys.forEach(key -> bucket.accept(key, new byte[] {1}, "image/jpeg"));
        return keys;
    }

    /** A key of that shard. */
    private ObjectKey key(String shard, String partition) {
        return Stream.generate(() -> BlobKeys.fresh(ids, partition, "photo.jpg"))
                .filter(key -> key.value().startsWith(shard))
                .findFirst()
                .orElseThrow();
    }

    private void assertThere(Collection<ObjectKey> keys) {
        assertThat(keys).allSatisfy(key -> assertThat(bucket.head(key)).isPresent());
    }

    private void assertGone(Collection<ObjectKey> keys) {
        assertThat(keys).allSatisfy(key -> assertThat(bucket.head(key)).isEmpty());
    }
}
