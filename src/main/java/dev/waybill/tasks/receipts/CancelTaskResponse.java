package dev.waybill.tasks.receipts;

import dev.waybill.tasks.Task;
import io.swagger.v3.oas.annotations.media.Schema;

/** Response to the cancellation of a task. */
@Schema(description = "What the cancellation came to")
record CancelTaskResponse(
        @Schema(description = "In words", example = "Task canceled")
        String message,

        @Schema(description = "Always true: canceling is idempotent", example = "true")
        boolean success) {

    static CancelTaskResponse unknown() {
        return new CancelTaskResponse("There is no such task; nothing to cancel", true);
    }

    static CancelTaskResponse of(Task task) {
        String message = switch (task.status()) {
            case CANCELED -> "Task canceled";
            case PROCESSING -> "Task is being canceled; it stops within seconds";
            default -> "Task was already %s".formatted(task.status());
        };
        return new CancelTaskResponse(message, true);
    }
}
