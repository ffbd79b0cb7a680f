package dev.waybill.platform.storage;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Passes every call on: a decorator overrides what it changes, and {@link #toString()} shows the chain. */
abstract class ForwardingObjectStorage implements ObjectStorage {

    protected abstract ObjectStorage delegate();

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
        return delegate().head(key);
    }

    @Override
    public Optional<Glimpse> glimpse(ObjectKey key, int bytes) {
        return delegate().glimpse(key, bytes);
    }

    @Override
    public Optional<InputStream> open(ObjectKey key, @Nullable ETag etag) {
        return delegate().open(key, etag);
    }

    @Override
    public StoredObject put(ObjectKey key, InputStream bytes, long length, String contentType) {
        return delegate().put(key, bytes, length, contentType);
    }

    @Override
    public void delete(ObjectKey key) {
        delegate().delete(key);
    }

    @Override
    public void deleteAll(Collection<ObjectKey> keys) {
        delegate().deleteAll(keys);
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max) {
        return delegate().list(prefix, after, max);
    }

    @Override
    public void check() {
        delegate().check();
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "{" + delegate() + "}";
    }
}
