package dev.waybill.batches;

import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/** An object's place in a batch. Its key is made of both ids, so that an object stands in a batch once. */
@Document(BatchItemDocument.COLLECTION)
record BatchItemDocument(@Id String key, String namespaceId, String bucketId, String batchId, String objectId) {

    static final String COLLECTION = "batch_items";

    static String key(Batch batch, String objectId) {
        return batch.scope().key(batch.id() + "/" + objectId);
    }

    static BatchItemDocument of(Batch batch, String objectId) {
        return new BatchItemDocument(
                key(batch, objectId),
                batch.scope().namespace().value(),
                batch.bucket().value(),
                batch.id().value(),
                objectId);
    }
}
