package dev.waybill.namespaces;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionTarget;
import dev.waybill.deletions.Deletions;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Deletes a namespace and everything in it, by a deletion task. */
@Component
class NamespaceDeletion implements Deletable {

    private static final DeletionTarget.Kind KIND =
            new DeletionTarget.Kind("namespace", NamespaceEntity.COLLECTION, "namespace_name");

    private final Deletions deletions;
    private final NamespaceLookup lookup;
    private final NamespaceContents contents;
    private final List<NamespaceUsage> usages;

    NamespaceDeletion(
            Deletions deletions, NamespaceLookup lookup, NamespaceContents contents, List<NamespaceUsage> usages) {
        this.deletions = deletions;
        this.lookup = lookup;
        this.contents = contents;
        this.usages = usages;
    }

    /** Marks it as deleted: from now on no request finds it, and its name is free. */
    Task begin(NamespaceEntity namespace) {
        String id = namespace.id().value();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("namespace_id", id);
        input.put("namespace_name", namespace.name());
        Task task = deletions.begin(
                new DeletionTarget(
                        KIND, id, namespace.organization(), null, id, namespace.name(), namespace.createdAt(), null),
                new Deletions.Receipt(TaskType.API_NAMESPACES_DELETE, namespace.id(), List.of(input), input));
        lookup.evict(namespace);
        return task;
    }

    @Override
    public DeletionTarget.Kind kind() {
        return KIND;
    }

    @Override
    public long count(DeletionTarget deletionTarget) {
        Scope scope = scope(deletionTarget);
        NamespaceUsage.Counts counts = NamespaceUsage.sum(usages, scope.organization(), List.of(scope.namespace()))
                .getOrDefault(scope.namespace(), NamespaceUsage.Counts.NONE);
        return counts.buckets() + counts.objects();
    }

    @Override
    public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
        contents.purge(scope(deletionTarget), deletionPass);
    }

    private static Scope scope(DeletionTarget deletionTarget) {
        return new Scope(deletionTarget.organization(), new NamespaceId(deletionTarget.id()));
    }
}
