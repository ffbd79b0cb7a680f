package dev.waybill.batches;

import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** An {@link ObjectResult} as it is stored. Its key is made of batch, tier and object: doing it again replaces it. */
@Document(BatchResultDocument.COLLECTION)
// For counting what is done, for listing what failed, and for removing a bucket's.
@CompoundIndex(name = "tier_status", def = "{namespace_id: 1, batch_id: 1, tier: 1, status: 1, _id: 1}")
@CompoundIndex(name = "bucket", def = "{namespace_id: 1, bucket_id: 1}")
record BatchResultDocument(
        @Id String key,
        String namespaceId,
        String bucketId,
        String batchId,
        int tier,
        String objectId,
        String status,
        long sources,
        long missing,
        long submitted,
        long documents,
        List<ObjectResult.OfStep> steps,
        List<ObjectResult.Failure> errors,
        long failures,
        boolean retryable,
        int retries,
        int run,
        long durationMillis,
        Instant at) {

    static final String COLLECTION = "batch_results";

    static String key(Batch batch, int tier, String objectId) {
        return batch.scope().key("%s/%d/%s".formatted(batch.id(), tier, objectId));
    }

    /** Above all keys of a tier, and below those of the next one: so a tier is one range of the collection. */
    static String keysEnd(Batch batch, int tier) {
        return batch.scope().key("%s/%d%c".formatted(batch.id(), tier, '/' + 1));
    }

    static BatchResultDocument of(Batch batch, ObjectResult result) {
        return new BatchResultDocument(
                key(batch, result.tier(), result.objectId()),
                batch.scope().namespace().value(),
                batch.bucket().value(),
                batch.id().value(),
                result.tier(),
                result.objectId(),
                result.status().name(),
                result.sources(),
                result.missing(),
                result.submitted(),
                result.documents(),
                result.steps(),
                result.errors(),
                result.failures(),
                result.retryable(),
                result.retries(),
                result.run(),
                result.durationMillis(),
                result.at());
    }

    ObjectResult toResult() {
        return new ObjectResult(
                objectId,
                tier,
                TaskStatus.valueOf(status),
                sources,
                missing,
                submitted,
                documents,
                steps,
                errors,
                failures,
                retryable,
                retries,
                run,
                durationMillis,
                at);
    }
}
