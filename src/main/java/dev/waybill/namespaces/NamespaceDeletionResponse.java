package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The response to a deletion of a namespace: its task.
 *
 * @param status the task's, when it was submitted
 */
record NamespaceDeletionResponse(
        @Schema(
                implementation = String.class,
                description = "The task that removes what lies in the namespace.",
                example = "6f1c1b1e-8a3f-3f0e-9c33-0f4f1f5c1a2b")
        TaskId taskId,

        @Schema(description = "The task's status, when it was asked for.", example = "PENDING")
        TaskStatus status,

        @Schema(
                implementation = String.class,
                description = "The namespace that is deleted.",
                example = "ns_0VXsK2aQ3nB8xYz1")
        NamespaceId namespaceId,

        @Schema(description = "Its name, which is free again.", example = "production")
        String namespaceName,

        @Schema(
                description = "What happens now, in a sentence.",
                example = "Namespace 'production' and everything in it is being deleted.")
        String message) {

    static NamespaceDeletionResponse of(NamespaceEntity namespace, Task task) {
        return new NamespaceDeletionResponse(
                task.id(),
                task.status(),
                namespace.id(),
                namespace.name(),
                "Namespace '%s' and everything in it is being deleted.".formatted(namespace.name()));
    }
}
