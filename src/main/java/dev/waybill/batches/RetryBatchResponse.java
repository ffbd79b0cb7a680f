package dev.waybill.batches;

import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Response to a retry of a batch. */
@Schema(name = "RetryBatchResponse")
record RetryBatchResponse(
        @Schema(description = "The batch.", example = "btch_0VXsK2aQ3nB8xYz1")
        String batchId,

        @Schema(description = "Where it stands now.", example = "QUEUED")
        TaskStatus status,

        @Schema(description = "The task of the new run; left out when there is nothing to retry.") @Nullable
        String taskId,

        @Schema(description = "Which failures are tried again.", example = "transient_only")
        String retryMode,

        @Schema(description = "Failed objects that are done again, counted in each tier.", example = "12")
        long retriedCount,

        @Schema(description = "In words.", example = "12 failed objects are done again.")
        String message) {

    /**
     * @param task of the new run; null when there is nothing to retry
     * @param objects failed ones that are processed again
     */
    static RetryBatchResponse of(BatchEntity batch, @Nullable TaskId task, String mode, long objects) {
        String message = task != null
                ? "%d failed objects are done again, and whatever was not done.".formatted(objects)
                : "There is nothing to retry of this kind.";
        return new RetryBatchResponse(
                batch.batchId(), batch.status(), task == null ? null : task.value(), mode, objects, message);
    }
}
