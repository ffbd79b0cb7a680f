package dev.waybill.deletions;

import dev.waybill.deletions.DeletionFlagStore.Mark;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Task handler of a deletion: one pass per run, until a pass after the settling time finds nothing. */
@Component
class DeletionTask implements TaskHandler {

    static final String NAME = "deletions.run";

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration RETRY_STORAGE_AFTER = Duration.ofSeconds(5);

    /** Passes within the settling time while it waits for others to remove something. */
    private static final int PASSES_PER_SETTLE = 12;

    private final ObjectProvider<Deletable> kinds;
    private final DeletionFlagStore flags;
    private final DeletionProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    /** @param kinds resolved late, as modules that have one begin deletions of their contents too */
    DeletionTask(
            ObjectProvider<Deletable> kinds,
            DeletionFlagStore flags,
            DeletionProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.kinds = kinds;
        this.flags = flags;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.ENDLESS;
    }

    /** A half deleted resource is of no use. */
    @Override
    public boolean cancelable() {
        return false;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        Deletable kind = kind(DeletionTarget.resource(run.payload()));
        DeletionTarget deletionTarget = DeletionTarget.of(kind.kind(), run.payload());
        Instant begun = clock.instant();
        // The request may have died before it set the flag.
        Optional<Mark> marked = flags.find(deletionTarget).or(() -> {
            flags.mark(deletionTarget, begun);
            return flags.find(deletionTarget);
        });
        return marked.map(mark -> pass(kind, deletionTarget, mark, begun, run))
                .orElseGet(() -> completed(deletionTarget, 0)); // another revision by now, or gone
    }

    private TaskOutcome pass(Deletable kind, DeletionTarget deletionTarget, Mark mark, Instant begun, TaskRun run) {
        long count = count(kind, deletionTarget, mark);
        Duration age = Duration.between(mark.markedAt(), begun);
        Counting pass = new Counting(run, mark.removed(), count);
        try {
            kind.purge(deletionTarget, pass);
        } catch (StorageException away) {
            if (!away.passes()) {
                throw away;
            }
            recordRemoved(deletionTarget, pass);
            return new TaskOutcome.Later(RETRY_STORAGE_AFTER);
        }
        faults.reach(deletionTarget.kind().resource() + "-delete.purged");
        recordRemoved(deletionTarget, pass);
        if (run.canceled()) {
            return new TaskOutcome.Canceled();
        }
        if (pass.found || age.compareTo(properties.settle()) < 0) {
            return new TaskOutcome.Later(pause(age));
        }
        kind.ended(deletionTarget, mark.markedAt(), count);
        faults.reach(deletionTarget.kind().resource() + "-delete.ended");
        flags.remove(deletionTarget);
        faults.reach(deletionTarget.kind().resource() + "-delete.removed");
        return completed(deletionTarget, mark.removed());
    }

    private void recordRemoved(DeletionTarget deletionTarget, Counting pass) {
        if (pass.removed > 0) {
            flags.removed(deletionTarget, pass.removed);
        }
    }

    private long count(Deletable kind, DeletionTarget deletionTarget, Mark mark) {
        Long known = mark.count();
        if (known != null) {
            return known;
        }
        flags.count(deletionTarget, kind.count(deletionTarget));
        // Another worker may have counted first, and removed some since.
        return flags.find(deletionTarget).map(Mark::count).orElse(0L);
    }

    /** Backs off by doubling, as a namespace may have thousands of buckets; the last pass runs as soon as it may. */
    private Duration pause(Duration age) {
        Duration settle = properties.settle();
        Duration left = settle.minus(age);
        return left.isPositive()
                ? Collections.min(List.of(Collections.max(List.of(age, SOON)), left))
                : Collections.max(List.of(settle.dividedBy(PASSES_PER_SETTLE), SOON));
    }

    private Deletable kind(String resource) {
        return kinds.stream()
                .filter(kind -> kind.kind().resource().equals(resource))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Deletable for the resource " + resource));
    }

    private static TaskOutcome completed(DeletionTarget deletionTarget, long removed) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put(deletionTarget.kind().resource() + "_id", deletionTarget.id());
        output.put("removed", removed);
        return new TaskOutcome.Completed(List.of(output), Map.of());
    }

    private static final class Counting implements DeletionPass {

        private final TaskRun run;
        private final long before;
        private final long expected;
        private long removed;
        private boolean found;

        private Counting(TaskRun run, long before, long expected) {
            this.run = run;
            this.before = before;
            this.expected = expected;
            reportProgress();
        }

        /** Also before anything is removed: what earlier passes removed is stored in the flag only. */
        private void reportProgress() {
            long processed = before + removed;
            long total = Math.max(processed, expected);
            if (total > 0) {
                run.progress(processed, total);
            }
        }

        @Override
        public void found() {
            found = true;
        }

        @Override
        public void removed(long count) {
            if (count > 0) {
                found = true;
                removed += count;
                reportProgress();
            }
        }

        @Override
        public boolean stopped() {
            return run.canceled();
        }
    }
}
