package dev.waybill.buckets;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.stereotype.Component;

/** The task that removes a bucket with everything in it. */
@Component
class BucketPurge implements TaskHandler {

    private final BucketStore store;
    private final BucketDeletions deletions;

    BucketPurge(BucketStore store, BucketDeletions deletions) {
        this.store = store;
        this.deletions = deletions;
    }

    @Override
    public String name() {
        return BucketDeletions.HANDLER;
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
        return deletions.purge(
                marked.bucket(),
                marked.deletion(),
                removed -> {
                    done.add(removed);
                    run.progress(done.sum(), Math.max(done.sum(), expected));
                },
                run::canceled);
    }
}
