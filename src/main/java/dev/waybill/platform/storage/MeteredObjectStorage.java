package dev.waybill.platform.storage;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times every request. Of {@link #open} it times the first byte, not the reading. */
final class MeteredObjectStorage extends ForwardingObjectStorage {

    private final ObjectStorage delegate;
    private final StorageTimers timers;

    MeteredObjectStorage(ObjectStorage delegate, MeterRegistry registry) {
        this.delegate = delegate;
        this.timers = new StorageTimers(registry);
    }

    @Override
    protected ObjectStorage delegate() {
        return delegate;
    }

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
        return timers.time("head", () -> super.head(key));
    }

    @Override
    public Optional<Glimpse> glimpse(ObjectKey key, int bytes) {
        return timers.time("glimpse", () -> super.glimpse(key, bytes));
    }

    @Override
    public Optional<InputStream> open(ObjectKey key, @Nullable ETag etag) {
        return timers.time("open", () -> super.open(key, etag));
    }

    @Override
    public StoredObject put(ObjectKey key, InputStream bytes, long length, String contentType) {
        return timers.time("put", () -> super.put(key, bytes, length, contentType));
    }

    @Override
    public void delete(ObjectKey key) {
        timers.time("delete", () -> super.delete(key));
    }

    @Override
    public void deleteAll(Collection<ObjectKey> keys) {
        timers.time("delete_all", () -> super.deleteAll(keys));
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max) {
        return timers.time("list", () -> super.list(prefix, after, max));
    }

    @Override
    public void check() {
        timers.time("check", () -> super.check());
    }
}
