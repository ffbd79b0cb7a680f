package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The receipt of a deletion.
 *
 * @param status the task's, when it was asked for
 */
record NamespaceDeletionResponse(
        @Schema(implementation = String.class, example = "6f1c1b1e-8a3f-3f0e-9c33-0f4f1f5c1a2b")
        TaskId taskId,

        @Schema(example = "PENDING") TaskStatus status,

        @Schema(implementation = String.class, example = "ns_0VXsK2aQ3nB8xYz1")
        NamespaceId namespaceId,

        @Schema(example = "production") String namespaceName,

        @Schema(example = "Namespace 'production' and everything in it is being deleted.")
        String message) {}
