package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.testing.MovedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StagingExpiryTests {

    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration LIFE = Duration.ofDays(8);

    private final MovedTime time = MovedTime.create();
    private final IdGenerator ids = new IdGenerator(time);
    private final InMemoryObjectStorage bucket = new InMemoryObjectStorage(time);
    private final WatchedStorage watched = new WatchedStorage(bucket);
    private final StagingExpiry expiry = new StagingExpiry(
            watched.storage(), new KeyWalk(watched.storage(), List.of()), new StorageClock(bucket, time));

    @BeforeEach
    void begin() {
        time.stopAt(START);
    }

    @Test
    void whatWasPutEightDaysAgoExpiresAndLaterPutsStay() {
        List<ObjectKey> old = put(40);
        time.stopAt(START.plusMillis(1));
        List<ObjectKey> later = put(40);

        time.stopAt(START.plus(LIFE));
        expiry.run();
        assertThat(bucket.size()).isEqualTo(80);

        time.stopAt(START.plus(LIFE).plusMillis(1));
        expiry.run();
        assertThat(old).allSatisfy(key -> assertThat(bucket.head(key)).isEmpty());
        assertThat(later).allSatisfy(key -> assertThat(bucket.head(key)).isPresent());
    }

    /** A renewed URL puts under the key of the first one. */
    @Test
    void agesCountFromThePutNotFromTheKeyAndBlockNoOtherKeys() {
        ObjectKey key = staged();
        time.stopAt(START.plusMillis(1));
        List<ObjectKey> others = put(40);
        time.stopAt(START.plus(Duration.ofDays(7)));
        bucket.accept(key, new byte[] {1}, "image/jpeg");

        time.stopAt(START.plus(LIFE).plusSeconds(1));
        expiry.run();
        assertThat(bucket.head(key)).isPresent();
        assertThat(others).allSatisfy(other -> assertThat(bucket.head(other)).isEmpty());

        time.stopAt(START.plus(Duration.ofDays(7)).plus(LIFE).plusMillis(1));
        expiry.run();
        assertThat(bucket.head(key)).isEmpty();
    }

    @Test
    void finalKeysStay() {
        ObjectKey last = BlobKeys.fresh(ids, "ns_1", "photo.jpg");
        bucket.accept(last, new byte[] {1}, "image/jpeg");

        time.stopAt(START.plus(Duration.ofDays(4_000)));
        expiry.run();

        assertThat(bucket.head(last)).isPresent();
    }

    @Test
    void foreignKeysBetweenTheKeysExpireByTheirAge() {
        List<ObjectKey> foreign = BlobKeys.SHARDS.stream()
                .map(shard -> new ObjectKey(BlobKeys.STAGING + shard + "0-not-ours"))
                .toList();
        foreign.forEach(key -> bucket.accept(key, new byte[] {1}, "image/jpeg"));
        List<ObjectKey> ours = put(40);

        time.stopAt(START.plus(LIFE));
        expiry.run();
        assertThat(foreign).allSatisfy(key -> assertThat(bucket.head(key)).isPresent());

        time.stopAt(START.plus(LIFE).plusSeconds(1));
        expiry.run();
        assertThat(bucket.size()).isZero();
        assertThat(ours).hasSize(40);
    }

    @Test
    void manyExpirePageByPage() {
        String shard = BlobKeys.STAGING + "a/";
        List<ObjectKey> many = Stream.generate(this::staged)
                .filter(key -> key.value().startsWith(shard))
                .limit(2_500)
                .toList();
        many.forEach(key -> bucket.accept(key, new byte[] {1}, "image/jpeg"));

        time.stopAt(START.plus(LIFE).plusSeconds(1));
        expiry.run();

        assertThat(bucket.size()).isZero();
        assertThat(watched.removals).containsExactly(1_000, 1_000, 500);
        assertThat(watched.pages.stream().filter(shard::equals)).hasSize(3);
    }

    @Test
    void anOutageLeavesItToTheNextRun() {
        put(40);
        time.stopAt(START.plus(LIFE).plusSeconds(1));
        bucket.failWith(StorageException.Kind.UNAVAILABLE);
        expiry.run();
        bucket.failWith(null);
        assertThat(bucket.size()).isEqualTo(40);

        expiry.run();

        assertThat(bucket.size()).isZero();
    }

    private List<ObjectKey> put(int count) {
        List<ObjectKey> keys = Stream.generate(this::staged).limit(count).toList();
        keys.forEach(key -> bucket.accept(key, new byte[] {1}, "image/jpeg"));
        return keys;
    }

    private ObjectKey staged() {
        return BlobKeys.staged(ids.next("upl_"), "ns_1", "photo.jpg");
    }
}
