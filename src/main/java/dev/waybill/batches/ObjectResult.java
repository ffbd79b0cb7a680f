package dev.waybill.batches;

import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one object in one tier.
 *
 * @param status COMPLETED, FAILED or SKIPPED; PENDING when it is to be done again
 * @param sources blobs or documents that were looked at
 * @param missing those that no extractor of the tier takes
 * @param submitted readings of one source by one extractor
 * @param documents what was written
 * @param errors the first of the failures
 * @param failures how many there are in all
 * @param retryable whether one of them may not happen another time
 * @param retries how often it was done again
 * @param run the batch's run that did it
 */
record ObjectResult(
        String objectId,
        int tier,
        TaskStatus status,
        long sources,
        long missing,
        long submitted,
        long documents,
        List<OfStep> steps,
        List<Failure> errors,
        long failures,
        boolean retryable,
        int retries,
        int run,
        long durationMillis,
        Instant at) {

    /** The part of one step. */
    record OfStep(String origin, long documents, long failed) {}

    /**
     * Something that could not be read.
     *
     * @param category a word of the contract's ErrorCategory
     * @param source the blob or document; null when it concerns the whole object
     */
    record Failure(
            String category,
            String message,
            String extractor,
            @Nullable String collectionId,
            @Nullable String source,
            boolean retryable) {}

    /** One of an object that nobody could work on to the end. */
    static ObjectResult broken(Batch batch, Tier tier, String id, String why, int retries, Instant at) {
        return new ObjectResult(
                id,
                tier.number(),
                TaskStatus.FAILED,
                0,
                0,
                0,
                0,
                List.of(),
                List.of(new Failure(Failures.RUNTIME, why, "", null, null, true)),
                1,
                true,
                retries,
                batch.run(),
                0,
                at);
    }
}
