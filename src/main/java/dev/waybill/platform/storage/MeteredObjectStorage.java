package dev.waybill.platform.storage;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times every request. Of {@link #open} it times the first byte, not the reading. */
final class MeteredObjectStorage implements ObjectStorage {

    private final ObjectStorage delegate;
    private final StorageTimers timers;

    MeteredObjectStorage(ObjectStorage delegate, MeterRegistry registry) {
        this.delegate = delegate;
        this.timers = new StorageTimers(registry);
    }

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
        return timers.time("head", () -> delegate.head(key));
    }

    @Override
    public Optional<Glimpse> glimpse(ObjectKey key, int bytes) {
        return timers.time("glimpse", () -> delegate.glimpse(key, bytes));
    }

    @Override
    public Optional<InputStream> open(ObjectKey key, @Nullable ETag etag) {
        return timers.time("open", () -> delegate.open(key, etag));
    }

    @Override
    public StoredObject put(ObjectKey key, InputStream bytes, long length, String contentType) {
        return timers.time("put", () -> delegate.put(key, bytes, length, contentType));
    }

    @Override
    public void delete(ObjectKey key) {
        timers.time("delete", () -> delegate.delete(key));
    }

    @Override
    public void deleteAll(Collection<ObjectKey> keys) {
        timers.time("delete_all", () -> delegate.deleteAll(keys));
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max) {
        return timers.time("list", () -> delegate.list(prefix, after, max));
    }

    @Override
    public void check() {
        timers.time("check", delegate::check);
    }

    @Override
    public String toString() {
        return "MeteredObjectStorage{" + delegate + "}";
    }
}
