package dev.waybill.objects;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.platform.storage.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What objects, hidden files and markers on their way into an object own. */
@Component
class ObjectBlobs implements BlobOwner {

    private final ObjectStore store;

    ObjectBlobs(ObjectStore store) {
        this.store = store;
    }

    @Override
    public Set<ObjectKey> owned(String partition, Collection<ObjectKey> keys) {
        return store.named(partition, keys);
    }

    /** Markers are left out: their bytes are an object's in a moment. */
    @Override
    public List<Named> page(String partition, @Nullable String after, int max) {
        return store.naming(partition, after, max);
    }
}
