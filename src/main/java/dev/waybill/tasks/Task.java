package dev.waybill.tasks;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A long-running task as its submitter sees it.
 *
 * @param namespace null for work that belongs to no namespace
 * @param inputs strings or JSON objects
 * @param outputs strings or JSON objects; empty until the work is done
 * @param additionalData what else is reported, {@code progress} and {@code error} among it; keeps its order
 * @param error null unless something failed
 */
public record Task(
        @JsonProperty("task_id") TaskId id,
        @JsonProperty("organization_id") OrganizationId organization,
        @JsonProperty("namespace_id") @Nullable NamespaceId namespace,
        @JsonProperty("task_type") TaskType type,
        TaskStatus status,
        List<Object> inputs,
        List<Object> outputs,
        Map<String, Object> additionalData,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt) {

    /** Stands for the service itself; ids of organizations are never of this form. */
    static final OrganizationId INTERNAL = new OrganizationId("org_-service-");

    /**
     * The scope of its work.
     *
     * @throws IllegalStateException when it belongs to no namespace
     */
    public Scope scope() {
        if (namespace == null) {
            throw new IllegalStateException("task %s belongs to no namespace".formatted(id));
        }
        return new Scope(organization, namespace);
    }

    boolean isInternal() {
        return organization.equals(INTERNAL);
    }

    /** The name of a fault point; tasks of the service itself, which no request submits, have names of their own. */
    String faultPoint(String step) {
        return (isInternal() ? "internal-task." : "task.") + step;
    }

    // Copies that keep order and, unlike List.copyOf, live with a null from somebody's JSON.
    public Task {
        inputs = Collections.unmodifiableList(new ArrayList<>(inputs));
        outputs = Collections.unmodifiableList(new ArrayList<>(outputs));
        additionalData = Collections.unmodifiableMap(new LinkedHashMap<>(additionalData));
    }

    /** The same task with one more entry in {@code additionalData}. */
    Task withAdditionalData(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(additionalData);
        more.put(name, value);
        return new Task(id, organization, namespace, type, status, inputs, outputs, more, error, createdAt, updatedAt);
    }

    /** The same task with more entries in {@code additionalData}. */
    Task withAdditionalData(Map<String, Object> added) {
        Task extended = this;
        for (Map.Entry<String, Object> one : added.entrySet()) {
            extended = extended.withAdditionalData(one.getKey(), one.getValue());
        }
        return extended;
    }

    /** The same task in another status. */
    Task in(TaskStatus other, Instant now) {
        return new Task(
                id, organization, namespace, type, other, inputs, outputs, additionalData, error, createdAt, now);
    }

    /** The same task as it ended. */
    Task ended(TaskCompletion taskCompletion, Instant now) {
        return new Task(
                id,
                organization,
                namespace,
                type,
                taskCompletion.status(),
                inputs,
                taskCompletion.outputs(),
                taskCompletion.additionalData(),
                taskCompletion.error(),
                createdAt,
                now);
    }
}
