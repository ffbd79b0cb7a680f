package dev.waybill.buckets;

import dev.waybill.namespaces.Deletion;
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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Takes a marked bucket through to its end, over crashes: the task that removes it, and who sees that it ends. */
@Component
class BucketDeletions implements TaskHandler {

    /** The handler's name, stored with each task. */
    static final String HANDLER = "buckets.delete";

    private static final Logger log = LoggerFactory.getLogger(BucketDeletions.class);
    private static final int DUE_AT_ONCE = 100;

    private final BucketStore store;
    private final Function<NewTask, Task> tasks;
    private final ObjectProvider<BucketContents> contents;
    private final FaultPoints faults;
    private final InstantSource clock;

    @Autowired
    BucketDeletions(
            BucketStore store,
            Tasks tasks,
            ObjectProvider<BucketContents> contents,
            FaultPoints faults,
            InstantSource clock) {
        this(store, tasks::submit, contents, faults, clock);
    }

    BucketDeletions(
            BucketStore store,
            Function<NewTask, Task> tasks,
            ObjectProvider<BucketContents> contents,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.tasks = tasks;
        this.contents = contents;
        this.faults = faults;
        this.clock = clock;
    }

    static Deletion mark(Bucket bucket, Instant now) {
        return Deletion.asked(HANDLER, bucket.scope().key(bucket.id().value()), bucket.name(), now);
    }

    /** Hands in the task that the mark names; doing so again changes nothing. */
    Task submit(Bucket bucket, Deletion mark) {
        faults.reach("buckets.delete.marked");
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("bucket_id", bucket.id().value());
        input.put("bucket_name", mark.name());
        return tasks.apply(new NewTask(
                mark.task(),
                bucket.scope().organization(),
                bucket.scope().namespace(),
                TaskType.API_BUCKETS_DELETE,
                HANDLER,
                Map.of(
                        "namespace_id",
                        bucket.scope().namespace().value(),
                        "bucket_id",
                        bucket.id().value()),
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
        Map<String, Object> payload = run.payload();
        Scope scope =
                new Scope(run.task().organization(), new NamespaceId(String.valueOf(payload.get("namespace_id"))));
        BucketId id = new BucketId(String.valueOf(payload.get("bucket_id")));
        LongAdder done = new LongAdder();
        boolean finished = store.findMarked(scope, id)
                .map(marked -> purge(marked, run, done))
                .orElse(true); // an earlier attempt, or the namespace's deletion, came to the end
        if (!finished) {
            return new TaskOutcome.Canceled();
        }
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("bucket_id", id.value());
        output.put("removed", done.sum());
        return new TaskOutcome.Completed(List.of(output), Map.of());
    }

    private boolean purge(BucketStore.Marked marked, TaskRun run, LongAdder done) {
        long expected = marked.bucket().usage().objectCount();
        return purge(
                marked.bucket(),
                marked.deletion(),
                removed -> {
                    done.add(removed);
                    run.progress(done.sum(), Math.max(done.sum(), expected));
                },
                run::canceled);
    }

    /**
     * Removes everything in a bucket, and leaves a tombstone, so that what arrives late is removed as well.
     *
     * @return false when it was stopped before the end
     */
    boolean purge(Bucket bucket, Deletion mark, LongConsumer removed, BooleanSupplier stop) {
        if (!purgeContents(bucket, removed, stop)) {
            return false;
        }
        faults.reach("buckets.delete.contents-removed");
        if (mark.purgedAt() == null) {
            store.bury(bucket.scope(), bucket.id(), mark.purged(clock.instant()));
        }
        return true;
    }

    /** Looks after deletions that stand still and tombstones whose time has come. Every instance may do so at once. */
    @Scheduled(initialDelay = 20_000, fixedDelay = 30_000)
    void resume() {
        Instant now = clock.instant();
        for (BucketStore.Marked marked : store.due(now, DUE_AT_ONCE)) {
            try {
                resume(marked, now);
            } catch (RuntimeException failure) {
                log.warn(
                        "The deletion of bucket {} could not go on; it is tried again.",
                        marked.bucket().id(),
                        failure);
            }
        }
    }

    private void resume(BucketStore.Marked marked, Instant now) {
        Bucket bucket = marked.bucket();
        Scope scope = bucket.scope();
        Deletion mark = marked.deletion();
        if (!store.advance(scope, bucket.id(), mark, mark.later(now))) {
            return;
        }
        if (mark.purgedAt() != null) {
            purgeContents(bucket, count -> {}, () -> false);
            store.remove(scope, bucket.id());
            return;
        }
        if (submit(bucket, mark).status().isFinal()) {
            Deletion next = mark.again(HANDLER, scope.key(bucket.id().value()), now);
            if (store.advance(scope, bucket.id(), mark.later(now), next)) {
                submit(bucket, next);
            }
        }
    }

    private boolean purgeContents(Bucket bucket, LongConsumer removed, BooleanSupplier stop) {
        List<BucketContents> ordered = contents.stream()
                .sorted(Comparator.comparingInt(BucketContents::order))
                .toList();
        for (BucketContents content : ordered) {
            if (stop.getAsBoolean()) {
                return false;
            }
            content.purge(bucket, removed, stop);
        }
        return !stop.getAsBoolean();
    }
}
