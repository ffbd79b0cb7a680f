package dev.waybill.namespaces;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes a marked namespace through to its end, over crashes: the task that removes it, and who sees that it ends. */
@Component
class NamespaceDeletions implements TaskHandler {

    /** The handler's name, stored with each task. */
    static final String HANDLER = "namespaces.delete";

    private static final Logger log = LoggerFactory.getLogger(NamespaceDeletions.class);
    private static final int DUE_AT_ONCE = 100;

    private final NamespaceStore store;
    private final Function<NewTask, Task> tasks;
    private final List<NamespaceContents> contents;
    private final List<NamespaceUsage> usages;
    private final FaultPoints faults;
    private final InstantSource clock;

    @Autowired
    NamespaceDeletions(
            NamespaceStore store,
            Tasks tasks,
            List<NamespaceContents> contents,
            List<NamespaceUsage> usages,
            FaultPoints faults,
            InstantSource clock) {
        this(store, tasks::submit, contents, usages, faults, clock);
    }

    NamespaceDeletions(
            NamespaceStore store,
            Function<NewTask, Task> tasks,
            List<NamespaceContents> contents,
            List<NamespaceUsage> usages,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.tasks = tasks;
        this.contents = contents.stream()
                .sorted(Comparator.comparingInt(NamespaceContents::order))
                .toList();
        this.usages = usages;
        this.faults = faults;
        this.clock = clock;
    }

    static Deletion mark(Namespace namespace, Instant now) {
        return Deletion.asked(HANDLER, namespace.id().value(), namespace.name(), now);
    }

    /** Hands in the task that the mark names; doing so again changes nothing. */
    Task submit(Namespace namespace, Deletion mark) {
        faults.reach("namespaces.delete.marked");
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("namespace_id", namespace.id().value());
        input.put("namespace_name", mark.name());
        return tasks.apply(new NewTask(
                mark.task(),
                namespace.organization(),
                namespace.id(),
                TaskType.API_NAMESPACES_DELETE,
                HANDLER,
                Map.of("namespace_id", namespace.id().value()),
                List.of(input),
                input));
    }

    @Override
    public String name() {
        return HANDLER;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    /** What is half deleted is of no use to anybody. */
    @Override
    public boolean cancelable() {
        return false;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        NamespaceId id = new NamespaceId(String.valueOf(run.payload().get("namespace_id")));
        Scope scope = new Scope(run.task().organization(), id);
        long expected = expected(scope);
        LongAdder done = new LongAdder();
        boolean finished = purge(
                scope,
                removed -> {
                    done.add(removed);
                    run.progress(done.sum(), Math.max(done.sum(), expected));
                },
                run::canceled);
        if (!finished) {
            return new TaskOutcome.Canceled();
        }
        // A tombstone, so that what arrives late is removed as well.
        store.findMarked(scope)
                .ifPresent(marked -> store.bury(scope, marked.deletion().purged(clock.instant())));
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("namespace_id", id.value());
        output.put("removed", done.sum());
        return new TaskOutcome.Completed(List.of(output), Map.of());
    }

    private long expected(Scope scope) {
        NamespaceUsage.Counts counts = NamespaceUsage.sum(usages, scope.organization(), List.of(scope.namespace()))
                .getOrDefault(scope.namespace(), NamespaceUsage.Counts.NONE);
        return counts.buckets() + counts.objects();
    }

    /**
     * Removes everything in a namespace.
     *
     * @return false when it was stopped before the end
     */
    private boolean purge(Scope scope, LongConsumer removed, BooleanSupplier stop) {
        for (NamespaceContents content : contents) {
            if (stop.getAsBoolean()) {
                return false;
            }
            content.purge(scope, removed, stop);
        }
        faults.reach("namespaces.delete.contents-removed");
        return !stop.getAsBoolean();
    }

    /** Looks after deletions that stand still and tombstones whose time has come. Every instance may do so at once. */
    @Scheduled(initialDelay = 15_000, fixedDelay = 30_000)
    void resume() {
        Instant now = clock.instant();
        for (NamespaceStore.Marked marked : store.due(now, DUE_AT_ONCE)) {
            try {
                resume(marked, now);
            } catch (RuntimeException failure) {
                log.warn(
                        "The deletion of namespace {} could not go on; it is tried again.",
                        marked.namespace().id(),
                        failure);
            }
        }
    }

    private void resume(NamespaceStore.Marked marked, Instant now) {
        Namespace namespace = marked.namespace();
        Scope scope = namespace.scope();
        Deletion mark = marked.deletion();
        if (!store.advance(scope, mark, mark.later(now))) {
            return;
        }
        if (mark.purgedAt() != null) {
            purge(scope, count -> {}, () -> false);
            store.remove(scope);
            return;
        }
        if (submit(namespace, mark).status().isFinal()) {
            Deletion next = mark.again(HANDLER, namespace.id().value(), now);
            if (store.advance(scope, mark.later(now), next)) {
                submit(namespace, next);
            }
        }
    }
}
