package dev.waybill.blobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StorageException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchedDeletesTests {

    private final InMemoryObjectStorage bucket = new InMemoryObjectStorage();
    private final WatchedStorage watched = new WatchedStorage(bucket);
    private final BatchedDeletes deletes = new BatchedDeletes(watched.storage());

    @Test
    void deletesOfManyCallersShareOneRequest() {
        List<ObjectKey> keys = keys(2_500);
        keys.forEach(key -> bucket.accept(key, new byte[] {1}, "image/jpeg"));
        ObjectKey stays = new ObjectKey("stays");
        bucket.accept(stays, new byte[] {1}, "image/jpeg");

        keys.forEach(key -> deletes.add(List.of(key)));
        assertThat(bucket.size()).as("nothing is removed by the caller").isEqualTo(2_501);
        deletes.run();

        assertThat(watched.removals).containsExactly(1_000, 1_000, 500);
        assertThat(bucket.size()).isOne();
        assertThat(bucket.head(stays)).isPresent();
        deletes.run();
        assertThat(watched.removals).as("each key once").hasSize(3);
    }

    @Test
    void withoutKeysNoRequestIsSent() {
        deletes.add(List.of());
        deletes.run();

        assertThat(watched.removals).isEmpty();
    }

    @Test
    void anOutageCostsOneRequestPerRunAndTheQueueIsRemovedAfterwards() {
        List<ObjectKey> keys = keys(2_500);
        keys.forEach(key -> bucket.accept(key, new byte[] {1}, "image/jpeg"));
        deletes.add(keys);
        bucket.failWith(StorageException.Kind.UNAVAILABLE);

        deletes.run();
        assertThat(watched.removals).containsExactly(1_000);

        bucket.failWith(null);
        deletes.run();
        assertThat(watched.removals).containsExactly(1_000, 1_000, 500);
        // The keys of the failed request are left to the walks.
        assertThat(bucket.size()).isEqualTo(1_000);
    }

    @Test
    void noMoreThanAHundredThousandAreQueued() {
        deletes.add(keys(100_001));
        deletes.add(keys(10));

        deletes.run();

        assertThat(watched.removals).hasSize(100).containsOnly(1_000);
        ObjectKey later = new ObjectKey("later");
        bucket.accept(later, new byte[] {1}, "image/jpeg");
        deletes.add(List.of(later));
        deletes.run();
        assertThat(bucket.head(later)).as("there is room again").isEmpty();
    }

    private static List<ObjectKey> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> new ObjectKey("k/" + i)).toList();
    }
}
