package dev.waybill.buckets;

import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The receipt of a deletion.
 *
 * @param status the task's, when it was asked for
 * @param objectCount how many objects it had, as last counted
 */
record BucketDeletionResponse(
        @Schema(implementation = String.class, example = "6f1c1b1e-8a3f-3f0e-9c33-0f4f1f5c1a2b")
        TaskId taskId,

        @Schema(example = "PENDING") TaskStatus status,

        @Schema(implementation = String.class, example = "bkt_0VXsK2aQ3nB8xYz1")
        BucketId bucketId,

        @Schema(example = "product-catalog") String bucketName,
        @Schema(example = "120") long objectCount) {}
