package dev.waybill.collections;

import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/** Response to the deletion of a collection, which is under way. */
@Schema(name = "CollectionDeletionResponse")
record CollectionDeletionResponse(
        @Schema(description = "The task that removes the documents.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        String taskId,

        @Schema(description = "The task's status.", example = "PENDING")
        TaskStatus status,

        @Schema(description = "The collection that goes.", example = "col_0VXsK2aQ3nB8xYz1")
        String collectionId,

        @Schema(description = "Its name.", example = "chunks")
        String collectionName) {}
