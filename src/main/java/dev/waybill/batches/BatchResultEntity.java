package dev.waybill.batches;

import dev.waybill.processing.ObjectResult;
import dev.waybill.processing.ReadFailure;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Stored outcome of one object in one tier. Its key is made of batch, tier and object: a repeat replaces it.
 *
 * @param status COMPLETED, FAILED or SKIPPED; PENDING when it is to be processed again
 * @param sources blobs or documents that were read
 * @param missing those that no extractor of the tier takes
 * @param submitted readings of one source by one extractor
 * @param documents what was written
 * @param errors the first of the failures
 * @param failures how many there are in all
 * @param retryable whether one of them may not happen on another attempt
 * @param retries how often it was retried
 * @param run the batch's run that produced it
 */
@Document(BatchResultEntity.COLLECTION)
// For counting what is done, for listing what failed, and for removing a bucket's.
@CompoundIndex(name = "tier_status", def = "{namespace_id: 1, batch_id: 1, tier: 1, status: 1, _id: 1}")
@CompoundIndex(name = "bucket", def = "{namespace_id: 1, bucket_id: 1}")
record BatchResultEntity(
        @Id String key,
        String namespaceId,
        String bucketId,
        String batchId,
        int tier,
        String objectId,
        TaskStatus status,
        long sources,
        long missing,
        long submitted,
        long documents,
        List<ObjectResult.OfStep> steps,
        List<ReadFailure> errors,
        long failures,
        boolean retryable,
        int retries,
        int run,
        long durationMillis,
        Instant at) {

    static final String COLLECTION = "batch_results";

    static BatchResultEntity of(BatchEntity batch, int tier, String objectId, int retries, ObjectResult result) {
        return new BatchResultEntity(
                key(batch, tier, objectId),
                batch.namespaceId().value(),
                batch.bucketId(),
                batch.batchId(),
                tier,
                objectId,
                result.status(),
                result.sources(),
                result.missing(),
                result.submitted(),
                result.documents(),
                result.steps(),
                result.errors(),
                result.failures(),
                result.retryable(),
                retries,
                batch.run(),
                result.durationMillis(),
                result.at());
    }

    static String key(BatchEntity batch, int tier, String objectId) {
        return batch.scope().key("%s/%d/%s".formatted(batch.id(), tier, objectId));
    }

    /** Above all keys of a tier, and below those of the next one: so a tier is one range of the collection. */
    static String keysEnd(BatchEntity batch, int tier) {
        return batch.scope().key("%s/%d%c".formatted(batch.id(), tier, '/' + 1));
    }
}
