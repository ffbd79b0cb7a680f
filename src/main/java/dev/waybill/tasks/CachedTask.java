package dev.waybill.tasks;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as Redis holds it.
 *
 * @param ended whether it is final; stands first, because the script that guards final values looks at the first bytes
 * @param refreshedAt when the writer knew this to be true
 */
@JsonPropertyOrder({"ended"})
record CachedTask(
        boolean ended,
        Instant refreshedAt,
        String taskId,
        String organizationId,
        @Nullable String namespaceId,
        TaskType taskType,
        TaskStatus status,
        List<Object> inputs,
        List<Object> outputs,
        Map<String, Object> additionalData,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt) {

    /** How every final value's JSON starts. */
    static final String ENDED = "{\"ended\":true";

    static CachedTask of(Task task, Instant refreshedAt) {
        NamespaceId namespace = task.namespace();
        return new CachedTask(
                task.status().isFinal(),
                refreshedAt,
                task.id().value(),
                task.organization().value(),
                namespace == null ? null : namespace.value(),
                task.type(),
                task.status(),
                task.inputs(),
                task.outputs(),
                task.additionalData(),
                task.error(),
                task.createdAt(),
                task.updatedAt());
    }

    Task toTask() {
        return new Task(
                new TaskId(taskId),
                new OrganizationId(organizationId),
                namespaceId == null ? null : new NamespaceId(namespaceId),
                taskType,
                status,
                inputs,
                outputs,
                additionalData,
                error,
                createdAt,
                updatedAt);
    }
}
