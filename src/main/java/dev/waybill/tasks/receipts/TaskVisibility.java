package dev.waybill.tasks.receipts;

import dev.waybill.auth.BucketResolver;
import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.auth.Permission;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which of its organization's tasks a key sees: one that is narrowed to namespaces sees those of these namespaces only,
 * and none that belong to no namespace; likewise with buckets. What was deleted has no name any more, so its task
 * carries the former one in {@code additional_data.namespace_name} or {@code bucket_name}.
 */
@Component
class TaskVisibility {

    static final String NAMESPACE = "namespace";
    static final String BUCKET = "bucket";

    private final NamespaceResolver namespaces;
    private final BucketResolver buckets;

    TaskVisibility(NamespaceResolver namespaces, BucketResolver buckets) {
        this.namespaces = namespaces;
        this.buckets = buckets;
    }

    boolean sees(Caller caller, Task task) {
        NamespaceId namespace = task.namespace();
        if (caller.isNarrowed(NAMESPACE)
                && (namespace == null
                        || !caller.reaches(NAMESPACE, namespace.value(), formerName(task, NAMESPACE))
                                && !reaches(caller, namespace))) {
            return false;
        }
        String bucket = bucketOf(task);
        return !caller.isNarrowed(BUCKET)
                || (namespace != null
                        && !bucket.isEmpty()
                        && (caller.reaches(BUCKET, bucket, formerName(task, BUCKET))
                                || reaches(caller, new Scope(task.organization(), namespace), bucket)));
    }

    /**
     * That a key which sees a task may also end it.
     *
     * @throws WaybillException 403 when its scopes do not allow to delete there
     */
    void requireMayCancel(Caller caller, Task task) {
        NamespaceId namespace = task.namespace();
        if (namespace == null) {
            return;
        }
        caller.require(Permission.DELETE, NAMESPACE, namespace.value(), name(caller.organization(), namespace));
        String bucket = bucketOf(task);
        if (!bucket.isEmpty()) {
            String name = name(new Scope(task.organization(), namespace), bucket);
            caller.require(Permission.DELETE, BUCKET, bucket, name);
        }
    }

    /** Those of these namespaces that the key reaches. */
    List<NamespaceId> reached(Caller caller, Collection<NamespaceId> candidates) {
        return candidates.stream()
                .filter(namespace -> !caller.isNarrowed(NAMESPACE) || reaches(caller, namespace))
                .toList();
    }

    /** Those of these buckets of the namespace that the key reaches. */
    List<String> reached(Caller caller, NamespaceId namespace, Collection<String> candidates) {
        Scope scope = new Scope(caller.organization(), namespace);
        return candidates.stream()
                .filter(bucket -> reaches(caller, scope, bucket))
                .toList();
    }

    /**
     * The namespace that a request names, which a task list need not.
     *
     * @throws WaybillException 404 when the organization has none of that name, or the key does not reach it
     */
    Optional<NamespaceId> named(Caller caller, @Nullable String identifier) {
        if (identifier == null || identifier.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(namespaces
                .resolve(caller.organization(), identifier.strip())
                .filter(found -> caller.reaches(NAMESPACE, found.id().value(), found.name()))
                .orElseThrow(() -> WaybillException.notFound(NAMESPACE, identifier))
                .id());
    }

    /** By id, and by name as long as the namespace exists. */
    private boolean reaches(Caller caller, NamespaceId namespace) {
        return caller.reaches(NAMESPACE, namespace.value(), name(caller.organization(), namespace));
    }

    private boolean reaches(Caller caller, Scope scope, String bucket) {
        return caller.reaches(BUCKET, bucket, name(scope, bucket));
    }

    private String name(OrganizationId organization, NamespaceId namespace) {
        return namespaces
                .resolve(organization, namespace.value())
                .map(NamespaceResolver.Found::name)
                .orElse(namespace.value());
    }

    private String name(Scope scope, String bucket) {
        return buckets.resolve(scope, bucket).map(BucketResolver.Found::name).orElse(bucket);
    }

    private static String bucketOf(Task task) {
        return task.additionalData().get("bucket_id") instanceof String id ? id : "";
    }

    private static String formerName(Task task, String type) {
        return task.additionalData().get(type + "_name") instanceof String name ? name : "";
    }
}
