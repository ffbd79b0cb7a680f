package dev.waybill.batches;

import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;

/**
 * What became of one object in one tier.
 *
 * @param status COMPLETED, FAILED or SKIPPED
 * @param sources blobs or documents that were looked at
 * @param missing those that no extractor of the tier takes
 * @param submitted readings of one source by one extractor
 * @param documents what was written
 * @param errors the first of the failures
 * @param failures how many there are in all
 * @param retryable whether one of them may not happen another time
 */
public record ObjectResult(
        TaskStatus status,
        long sources,
        long missing,
        long submitted,
        long documents,
        List<OfStep> steps,
        List<ReadFailure> errors,
        long failures,
        boolean retryable,
        long durationMillis,
        Instant at) {

    /** The part of one step. Kept as it is with the result. */
    public record OfStep(String origin, long documents, long failed) {}

    /** Of an object that nobody could work on to the end. */
    public static ObjectResult broken(String why, Instant at) {
        ReadFailure failure = ReadFailure.ofObject(ReadFailure.RUNTIME, why, true);
        return new ObjectResult(TaskStatus.FAILED, 0, 0, 0, 0, List.of(), List.of(failure), 1, true, 0, at);
    }
}
