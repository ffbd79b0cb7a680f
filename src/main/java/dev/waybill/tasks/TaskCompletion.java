package dev.waybill.tasks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Final result of a task, as stored when it is over.
 *
 * @param status a final one
 * @param additionalData all of it, not only what is new
 */
record TaskCompletion(
        TaskStatus status,
        List<Object> outputs,
        Map<String, Object> additionalData,
        @Nullable String error) {

    /**
     * The completion of a task whose data was {@code before}; an error is repeated in {@code additional_data.error}.
     */
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
