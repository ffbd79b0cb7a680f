package dev.waybill.batches;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** Membership of an object in a batch. Its key is made of both ids, so that an object is in a batch once. */
@Document(BatchItemEntity.COLLECTION)
// For paging through a batch's objects in order, and for removing a bucket's.
@CompoundIndex(name = "batch", def = "{namespace_id: 1, batch_id: 1, _id: 1}")
@CompoundIndex(name = "bucket", def = "{namespace_id: 1, bucket_id: 1}")
record BatchItemEntity(@Id String key, String namespaceId, String bucketId, String batchId, String objectId) {

    static final String COLLECTION = "batch_items";

    static String key(BatchEntity batch, String objectId) {
        return batch.scope().key(batch.id() + "/" + objectId);
    }

    static BatchItemEntity of(BatchEntity batch, String objectId) {
        return new BatchItemEntity(
                key(batch, objectId), batch.namespaceId().value(), batch.bucketId(), batch.batchId(), objectId);
    }
}
