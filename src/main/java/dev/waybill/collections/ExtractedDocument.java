package dev.waybill.collections;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document: one thing that an extractor read out of a source.
 *
 * @param collection null when the namespace's own extractor made it, without a collection
 * @param object the object that it all begins with
 * @param source the blob or the document that it was read from
 * @param extractor the extractor's id, such as {@code text_extractor_v1}
 * @param index its position among the documents of its source, from 0
 * @param batch the id of the batch that made it last
 * @param fields JSON values
 * @param files storage keys of its bytes, such as a thumbnail's
 */
public record ExtractedDocument(
        DocumentId id,
        Scope scope,
        BucketId bucket,
        @Nullable CollectionId collection,
        ObjectId object,
        String source,
        String extractor,
        int index,
        String batch,
        Map<String, Object> fields,
        List<ObjectKey> files,
        Instant createdAt) {

    /** The source that made it: its collection, or else its extractor. */
    public String origin() {
        return collection == null ? extractor : collection.value();
    }
}
