package dev.waybill.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is written when a task is over.
 *
 * @param status a final one
 * @param additionalData all of it, not only what is new
 */
record TaskCompletion(
        TaskStatus status,
        List<Object> outputs,
        Map<String, Object> additionalData,
        @Nullable String error) {

    /** The ending of a task that had told {@code before}; an error is repeated in {@code additional_data.error}. */
    static TaskCompletion of(
            TaskStatus status,
            List<Object> outputs,
            Map<String, Object> before,
            Map<String, Object> added,
            @Nullable String error) {
        Map<String, Object> all = new LinkedHashMap<>(before);
        all.putAll(added);
        if (error != null) {
            all.put("error", error);
        }
        return new TaskCompletion(status, outputs, all, error);
    }
}
