package dev.waybill.uploads;

import dev.waybill.tasks.TaskResponse;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;

@Schema(description = "The task that confirms the uploads; its outputs list each one's result in the request's order.")
record BatchConfirmResponse(
        @Schema(description = "The task.", example = "0199a3c2-7d1e-7c44-9d53-0f5d3c1b2a10")
        String taskId,

        @Schema(description = "The task's status.", example = "PENDING")
        TaskStatus status,

        @Schema(description = "How many uploads it confirms.", example = "100")
        int confirmationsCount,

        @Schema(description = "The task itself.") TaskResponse task,

        @Schema(description = "What happens now.", example = "Batch confirmation is being processed in the background.")
        String message) {}
