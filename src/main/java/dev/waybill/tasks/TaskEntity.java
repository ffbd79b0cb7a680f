package dev.waybill.tasks;

import dev.waybill.platform.json.WireName;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A task as it is stored. {@code readyAt}, {@code dueAt} and {@code againAt} are explained by {@link TaskStore}; all are
 * absent once the task is over, so their index holds the unfinished ones only.
 */
@Document("tasks")
@CompoundIndex(def = "{due_at: 1}", sparse = true)
@CompoundIndex(def = "{organization_id: 1, created_at: -1, _id: -1}")
@CompoundIndex(def = "{organization_id: 1, namespace_id: 1, created_at: -1, _id: -1}")
record TaskEntity(
        @Id String id,
        OrganizationId organizationId,
        @Nullable NamespaceId namespaceId,
        String taskType,
        String handler,
        String status,
        List<Object> inputs,
        List<Object> outputs,
        Map<String, Object> additionalData,
        @Nullable String error,
        Map<String, Object> payload,
        int attempts,
        int failures,
        @Nullable Instant readyAt,
        @Nullable Instant dueAt,
        @Nullable Instant againAt,
        @Nullable String leaseToken,
        @Nullable Boolean cancelRequested,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt) {

    static TaskEntity waiting(Task task, String handler, Map<String, Object> payload, Instant readyAt, Instant dueAt) {
        return new TaskEntity(
                task.id().value(),
                task.organization(),
                task.namespace(),
                task.type().wire(),
                handler,
                task.status().name(),
                task.inputs(),
                task.outputs(),
                task.additionalData(),
                task.error(),
                payload,
                0,
                0,
                readyAt,
                dueAt,
                null,
                null,
                null,
                task.createdAt(),
                task.updatedAt(),
                null,
                null);
    }

    Task toTask() {
        return new Task(
                new TaskId(id),
                organizationId,
                namespaceId,
                WireName.of(TaskType.class, taskType),
                TaskStatus.valueOf(status),
                inputs,
                outputs,
                additionalData,
                error,
                createdAt,
                updatedAt);
    }

    boolean isCancelRequested() {
        return Boolean.TRUE.equals(cancelRequested);
    }
}
