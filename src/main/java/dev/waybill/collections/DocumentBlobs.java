package dev.waybill.collections;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.platform.storage.ObjectKey;
import java.util.Collection;
import java.util.Set;
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
}
