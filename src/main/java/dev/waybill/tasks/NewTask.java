package dev.waybill.tasks;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task to submit.
 *
 * @param id null for a new one; if present, a second submission of that id makes no second task, which makes submitting
 *     repeatable after a crash
 * @param handler the {@link TaskHandler#name()} that does it
 * @param payload what the handler needs; JSON values only, stored in the database and never shown to callers
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

    static final String ORGANIZATION = "organization_id";
    static final String NAMESPACE = "namespace_id";

    /**
     * A task of the service itself: no tenant sees it, and one that is done is removed, so that submitting it once more
     * runs it once more.
     */
    public static NewTask internal(TaskId id, String handler, Map<String, Object> payload) {
        return new NewTask(id, Task.INTERNAL, null, TaskType.PLUGIN_CUSTOM, handler, payload, List.of(), Map.of());
    }

    /**
     * The same for work on something in a namespace, whose run gets it by {@link TaskRun#scope}.
     *
     * @param payload what the handler needs besides
     */
    public static NewTask internal(TaskId id, String handler, Scope scope, Map<String, Object> payload) {
        Map<String, Object> all = new LinkedHashMap<>(payload);
        all.put(ORGANIZATION, scope.organization().value());
        all.put(NAMESPACE, scope.namespace().value());
        return internal(id, handler, all);
    }

    // Copies that keep order and live with a null from somebody's JSON.
    public NewTask {
        payload = Collections.unmodifiableMap(new LinkedHashMap<>(payload));
        inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
        additionalData = Collections.unmodifiableMap(new LinkedHashMap<>(additionalData));
    }
}
