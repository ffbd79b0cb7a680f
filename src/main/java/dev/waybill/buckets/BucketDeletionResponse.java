package dev.waybill.buckets;

import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * Response to the deletion of a bucket: the task that does it.
 *
 * @param status of the task, when the deletion was requested
 * @param objectCount how many objects it had, as last counted
 */
record BucketDeletionResponse(
        @Schema(
                implementation = String.class,
                description = "The task that removes what lies in the bucket.",
                example = "6f1c1b1e-8a3f-3f0e-9c33-0f4f1f5c1a2b")
        TaskId taskId,

        @Schema(description = "The task's status, when it was asked for.", example = "PENDING")
        TaskStatus status,

        @Schema(
                implementation = String.class,
                description = "The bucket that is deleted.",
                example = "bkt_0VXsK2aQ3nB8xYz1")
        BucketId bucketId,

        @Schema(description = "Its name, which is free again.", example = "product-catalog")
        String bucketName,

        @Schema(description = "How many objects it had, as last counted.", example = "120")
        long objectCount) {

    static BucketDeletionResponse of(Bucket bucket, Task task) {
        return new BucketDeletionResponse(
                task.id(),
                task.status(),
                bucket.id(),
                bucket.name(),
                bucket.usage().objectCount());
    }
}
