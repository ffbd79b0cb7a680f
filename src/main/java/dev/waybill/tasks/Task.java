package dev.waybill.tasks;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The receipt of a piece of long-running work.
 *
 * @param namespace null for work that belongs to no namespace
 * @param inputs strings or JSON objects
 * @param outputs strings or JSON objects; empty until the work is done
 * @param additionalData what else the receipt tells, {@code progress} and {@code error} among it
 * @param error null unless something failed
 */
public record Task(
        TaskId id,
        OrganizationId organization,
        @Nullable NamespaceId namespace,
        TaskType type,
        TaskStatus status,
        List<Object> inputs,
        List<Object> outputs,
        Map<String, Object> additionalData,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt) {

    public Task {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        additionalData = Map.copyOf(additionalData);
    }
}
