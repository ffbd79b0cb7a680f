package dev.waybill.namespaces;

import dev.waybill.deletions.Deletable;
import dev.waybill.deletions.Deletions;
import dev.waybill.deletions.Pass;
import dev.waybill.deletions.Target;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** How a namespace goes, with everything in it. */
@Component
class NamespaceDeletion implements Deletable {

    private static final Target.Kind KIND =
            new Target.Kind("namespace", NamespaceDocument.COLLECTION, "namespace_name");

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

    /** From now on it is there for nobody, and its name is free. */
    Task begin(NamespaceDocument namespace) {
        String id = namespace.id().value();
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("namespace_id", id);
        input.put("namespace_name", namespace.name());
        Task task = deletions.begin(
                new Target(KIND, id, namespace.organization(), null, id, namespace.name(), namespace.createdAt(), null),
                new Deletions.Receipt(TaskType.API_NAMESPACES_DELETE, namespace.id(), List.of(input), input));
        lookup.forget(namespace);
        return task;
    }

    @Override
    public Target.Kind kind() {
        return KIND;
    }

    @Override
    public long count(Target target) {
        Scope scope = scope(target);
        NamespaceUsage.Counts counts = NamespaceUsage.sum(usages, scope.organization(), List.of(scope.namespace()))
                .getOrDefault(scope.namespace(), NamespaceUsage.Counts.NONE);
        return counts.buckets() + counts.objects();
    }

    @Override
    public void purge(Target target, Pass pass) {
        contents.purge(scope(target), pass);
    }

    private static Scope scope(Target target) {
        return new Scope(target.organization(), new NamespaceId(target.id()));
    }
}
