package dev.waybill.tasks;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Work to be done.
 *
 * @param id null for a new one; when given, a second submission of that id answers the first task unchanged, which makes
 *     submitting repeatable after a crash
 * @param handler the {@link TaskHandler#name()} that does it
 * @param payload what the handler needs; JSON values only, kept in the database and never shown to callers
 * @param inputs shown to callers
 */
public record NewTask(
        @Nullable TaskId id,
        OrganizationId organization,
        @Nullable NamespaceId namespace,
        TaskType type,
        String handler,
        Map<String, Object> payload,
        List<Object> inputs,
        Map<String, Object> additionalData) {

    public NewTask {
        payload = Map.copyOf(payload);
        inputs = List.copyOf(inputs);
        additionalData = Map.copyOf(additionalData);
    }
}
