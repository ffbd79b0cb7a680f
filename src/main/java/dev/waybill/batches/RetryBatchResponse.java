package dev.waybill.batches;

import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a retry came to. */
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

    static RetryBatchResponse of(BatchDesk.Retried retried, String mode) {
        boolean began = retried.task() != null;
        String message = began
                ? "%d failed objects are done again, and whatever was not done.".formatted(retried.objects())
                : "There is nothing to retry of this kind.";
        return new RetryBatchResponse(
                retried.batch().id().value(),
                retried.batch().status(),
                retried.task() == null ? null : retried.task().value(),
                mode,
                retried.objects(),
                message);
    }
}
