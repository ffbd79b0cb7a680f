package dev.waybill.tasks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task on the wire.
 *
 * @param errorMessage the same as {@code error}
 */
public record TaskResponse(
        String taskId,
        TaskType taskType,
        TaskStatus status,
        List<Object> inputs,
        List<Object> outputs,
        Map<String, Object> additionalData,
        @Nullable String error,
        @Nullable String errorMessage) {

    public static TaskResponse of(Task task) {
        return new TaskResponse(
                task.id().value(),
                task.type(),
                task.status(),
                task.inputs(),
                task.outputs(),
                task.additionalData(),
                task.error(),
                task.error());
    }
}
