package dev.waybill.processing;

import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;

/**
 * Result of one object in one tier.
 *
 * @param status COMPLETED, FAILED or SKIPPED
 * @param sources blobs or documents that were considered
 * @param missing those that no extractor of the tier takes
 * @param submitted readings of one source by one extractor
 * @param documents what was written
 * @param errors the first of the failures
 * @param failures how many there are in all
 * @param retryable whether one of them may not happen on another attempt
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

    /** The totals of one step. Stored as they are with the result. */
    public record OfStep(String origin, long documents, long failed) {}

    /** The result of an object whose work failed repeatedly. */
    public static ObjectResult broken(String why, Instant at) {
        ReadFailure failure = ReadFailure.ofObject(ReadFailure.RUNTIME, why, true);
        return new ObjectResult(TaskStatus.FAILED, 0, 0, 0, 0, List.of(), List.of(failure), 1, true, 0, at);
    }
}
