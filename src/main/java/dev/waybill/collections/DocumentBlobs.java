package dev.waybill.collections;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.platform.storage.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What documents own, such as thumbnails. */
@Component
class DocumentBlobs implements BlobOwner {

    private final ExtractStore store;

    DocumentBlobs(ExtractStore store) {
        this.store = store;
    }

    @Override
    public Set<ObjectKey> owned(String partition, Collection<ObjectKey> keys) {
        return store.named(partition, keys);
    }

    @Override
    public List<Named> page(String partition, @Nullable String after, int max) {
        return store.naming(partition, after, max);
    }
}
