package dev.waybill.objects;

import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.CopyTerms;
import dev.waybill.platform.storage.ETag;
import dev.waybill.platform.storage.ObjectHead;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Empty storage that records deletes. */
public final class RememberedDeletes implements ObjectStorage {

    final Set<ObjectKey> deleted = new HashSet<>();

    @Override
    public Optional<StoredObject> head(ObjectKey key) {
        return Optional.empty();
    }

    @Override
    public Optional<ObjectHead> readHead(ObjectKey key, int bytes) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> part(ObjectKey key, ETag etag, long from, int count) {
        return Optional.empty();
    }

    @Override
    public Optional<InputStream> open(ObjectKey key, @Nullable ETag etag) {
        return Optional.empty();
    }

    @Override
    public StoredObject put(
            ObjectKey key, InputStream bytes, long length, String contentType, @Nullable String contentEncoding) {
        throw new UnsupportedOperationException("nothing here writes");
    }

    @Override
    public CopyResult copy(CopyTerms terms) {
        return new CopyResult.Absent();
    }

    @Override
    public void delete(ObjectKey key) {
        deleted.add(key);
    }

    @Override
    public void deleteAll(Collection<ObjectKey> keys) {
        deleted.addAll(keys);
    }

    @Override
    public List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max) {
        return List.of();
    }

    @Override
    public Instant check() {
        return Instant.now();
    }
}
