package dev.waybill.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.deadline.RequestDeadline;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StorageTimersTests extends ObjectStorageContract {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InMemoryObjectStorage memory = new InMemoryObjectStorage();
    private final ObjectStorage storage = new StorageTimers(registry).around(ObjectStorage.class, memory, "");

    @Override
    protected ObjectStorage storage() {
        return storage;
    }

    @Test
    void countsByOperationAndOutcome() {
        put("a", "1");
        storage.head(key("a"));
        storage.head(key("b"));
        storage.deleteAll(List.of(key("a")));
        put("a", "1");
        ETag pin = memory.head(key("a")).orElseThrow().etag();
        storage.copy(new CopyTerms(key("a"), pin, 1, key("c"), "a/b", null, null));
        storage.copy(new CopyTerms(key("b"), pin, 1, key("c"), "a/b", null, null));
        storage.copy(new CopyTerms(key("a"), ETag.of("other", true), 1, key("c"), "a/b", null, null));
        memory.failWith(StorageException.Kind.UNAVAILABLE);
        assertThatThrownBy(() -> storage.head(key("a"))).isInstanceOf(StorageException.class);
        memory.failWith(StorageException.Kind.DENIED);
        assertThatThrownBy(storage::check).isInstanceOf(StorageException.class);

        assertThat(count("put", "ok")).isEqualTo(2);
        assertThat(count("delete_all", "ok")).isOne();
        assertThat(count("head", "ok")).isOne();
        assertThat(count("head", "absent")).isOne();
        assertThat(count("head", "unavailable")).isOne();
        assertThat(count("copy", "ok")).isOne();
        assertThat(count("copy", "absent")).isOne();
        assertThat(count("copy", "changed")).isOne();
        assertThat(count("check", "denied")).isOne();
    }

    @Test
    void noneOfItIsARequestsTime() {
        ObjectStorage asking = (ObjectStorage) Proxy.newProxyInstance(
                ObjectStorage.class.getClassLoader(), new Class<?>[] {ObjectStorage.class}, (proxy, method, given) -> {
                    Duration before = RequestDeadline.left();
                    long begun = System.nanoTime();
                    await().until(() -> System.nanoTime() - begun > 50_000_000);
                    assertThat(RequestDeadline.left()).isEqualTo(before);
                    return Instant.EPOCH;
                });
        try (RequestDeadline.Section request = RequestDeadline.open(Duration.ofMinutes(1))) {
            assertThat(new StorageTimers(registry)
                            .around(ObjectStorage.class, asking, "")
                            .check())
                    .isEqualTo(Instant.EPOCH);
        }
    }

    @Test
    void showsTheChain() {
        assertThat(storage).hasToString("MeteredObjectStorage{InMemoryObjectStorage}");
    }

    private long count(String operation, String outcome) {
        return registry.get("waybill.storage.requests")
                .tags("operation", operation, "outcome", outcome)
                .timer()
                .count();
    }
}
