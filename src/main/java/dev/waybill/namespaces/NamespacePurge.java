package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** The task that removes a namespace with everything in it. */
@Component
class NamespacePurge implements TaskHandler {

    private final NamespaceDeletions deletions;
    private final List<NamespaceUsage> usages;

    NamespacePurge(NamespaceDeletions deletions, List<NamespaceUsage> usages) {
        this.deletions = deletions;
        this.usages = usages;
    }

    @Override
    public String name() {
        return NamespaceDeletions.HANDLER;
    }

    /** What is half deleted is of no use to anybody. */
    @Override
    public boolean cancelable() {
        return false;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        Task task = run.task();
        NamespaceId id = new NamespaceId(String.valueOf(run.payload().get("namespace_id")));
        Scope scope = new Scope(task.organization(), id);
        long expected = expected(scope);
        LongAdder done = new LongAdder();
        boolean finished = deletions.purge(
                scope,
                removed -> {
                    done.add(removed);
                    run.progress(done.sum(), Math.max(done.sum(), expected));
                },
                run::canceled);
        if (!finished) {
            return new TaskOutcome.Canceled();
        }
        deletions.bury(scope);
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("namespace_id", id.value());
        output.put("removed", done.sum());
        return new TaskOutcome.Completed(List.of(output), Map.of());
    }

    private long expected(Scope scope) {
        long expected = 0;
        for (NamespaceUsage usage : usages) {
            NamespaceUsage.Counts counts = usage.count(scope.organization(), List.of(scope.namespace()))
                    .getOrDefault(scope.namespace(), NamespaceUsage.Counts.NONE);
            expected += counts.buckets() + counts.objects();
        }
        return expected;
    }
}
