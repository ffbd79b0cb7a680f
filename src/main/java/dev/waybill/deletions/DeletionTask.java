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

/** Deletes one thing: a pass each time that it is run, until one that may be the last finds nothing. */
@Component
class DeletionTask implements TaskHandler {

    static final String NAME = "deletions.run";

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration WHILE_STORAGE_IS_AWAY = Duration.ofSeconds(5);

    /** Who waits for others to remove something looks so often within the time that it takes to settle. */
    private static final int LOOKS = 12;

    private final ObjectProvider<Deletable> kinds;
    private final DeletionFlagStore marks;
    private final DeletionProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    /** @param kinds asked late, as rooms that have one begin deletions of their contents too */
    DeletionTask(
            ObjectProvider<Deletable> kinds,
            DeletionFlagStore marks,
            DeletionProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.kinds = kinds;
        this.marks = marks;
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

    /** What is half deleted is of no use to anybody. */
    @Override
    public boolean cancelable() {
        return false;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        Deletable kind = kind(DeletionTarget.resource(run.payload()));
        DeletionTarget deletionTarget = DeletionTarget.of(kind.kind(), run.payload());
        Instant begun = clock.instant();
        // The request may have died before it marked.
        Optional<Mark> marked = marks.find(deletionTarget).or(() -> {
            marks.mark(deletionTarget, begun);
            return marks.find(deletionTarget);
        });
        return marked.map(mark -> pass(kind, deletionTarget, mark, begun, run))
                .orElseGet(() -> completed(deletionTarget, 0)); // it has another revision, or is gone
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
            keep(deletionTarget, pass);
            return new TaskOutcome.Later(WHILE_STORAGE_IS_AWAY);
        }
        faults.reach(deletionTarget.kind().resource() + "-delete.purged");
        keep(deletionTarget, pass);
        if (run.canceled()) {
            return new TaskOutcome.Canceled();
        }
        if (pass.found || age.compareTo(properties.settle()) < 0) {
            return new TaskOutcome.Later(pause(age));
        }
        kind.ended(deletionTarget, mark.markedAt(), count);
        faults.reach(deletionTarget.kind().resource() + "-delete.ended");
        marks.remove(deletionTarget);
        faults.reach(deletionTarget.kind().resource() + "-delete.removed");
        return completed(deletionTarget, mark.removed());
    }

    private void keep(DeletionTarget deletionTarget, Counting pass) {
        if (pass.removed > 0) {
            marks.removed(deletionTarget, pass.removed);
        }
    }

    private long count(Deletable kind, DeletionTarget deletionTarget, Mark mark) {
        Long known = mark.count();
        if (known != null) {
            return known;
        }
        marks.count(deletionTarget, kind.count(deletionTarget));
        // Another worker may have counted first, and removed some since.
        return marks.find(deletionTarget).map(Mark::count).orElse(0L);
    }

    /** Doubles, as a namespace may have thousands of buckets; but the pass that may be the last comes as soon as it may. */
    private Duration pause(Duration age) {
        Duration settle = properties.settle();
        Duration left = settle.minus(age);
        return left.isPositive()
                ? Collections.min(List.of(Collections.max(List.of(age, SOON)), left))
                : Collections.max(List.of(settle.dividedBy(LOOKS), SOON));
    }

    private Deletable kind(String resource) {
        return kinds.stream()
                .filter(kind -> kind.kind().resource().equals(resource))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody knows how to delete a " + resource));
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
            tell();
        }

        /** Also before anything is removed: what earlier passes told is known to nobody but the mark. */
        private void tell() {
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
                tell();
            }
        }

        @Override
        public boolean stopped() {
            return run.canceled();
        }
    }
}
