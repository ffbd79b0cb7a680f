package dev.waybill.blobs;

import dev.waybill.blobs.BlobOwner.Named;
import dev.waybill.blobs.Quarantine.Move;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Task handler that reconciles storage with an organization's rows, both ways. Orphans are moved into quarantine,
 * unless it is a dry run; rows whose blobs are missing are reported, and not changed.
 */
@Component
class Reconciliation implements TaskHandler {

    /** The handler's name, stored with each task. */
    static final String HANDLER = "blobs.reconcile";

    static final String DRY_RUN = "dry_run";

    private final KeyWalk keys;
    private final MissingBlobs missingBlobs;
    private final Quarantine quarantine;
    private final Partitions partitions;
    private final InstantSource clock;

    Reconciliation(
            KeyWalk keys,
            MissingBlobs missingBlobs,
            Quarantine quarantine,
            Partitions partitions,
            InstantSource clock) {
        this.keys = keys;
        this.missingBlobs = missingBlobs;
        this.quarantine = quarantine;
        this.partitions = partitions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return HANDLER;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        return new Pass(run).run();
    }

    /** One attempt. What was moved is counted in quarantine, so that the moves of earlier attempts count too. */
    private final class Pass {

        private final TaskRun run;
        private final TaskId task;
        private final boolean isDryRun;
        private final Set<String> own;
        private final Instant now = clock.instant();
        private final SizeSummary orphans = new SizeSummary();
        private final SizeSummary lost = new SizeSummary();
        private final SizeSummary staged = new SizeSummary();
        private long walked;

        Pass(TaskRun run) {
            this.run = run;
            this.task = run.task().id();
            this.isDryRun = !Boolean.FALSE.equals(run.payload().get(DRY_RUN));
            this.own = partitions.of(run.task().organization());
        }

        TaskOutcome run() {
            int steps = BlobKeys.SHARDS.size() + own.size();
            int done = 0;
            for (String shard : BlobKeys.SHARDS) {
                walk(shard, now.minus(KeyWalk.BEHIND), this::checkFinal);
                walk(BlobKeys.STAGING + shard, now.minus(StagingExpiry.LIFE), this::checkStaged);
                run.progress(++done, steps);
            }
            for (String partition : own) {
                missingBlobs.find(partition, run::canceled, this::add);
                run.progress(++done, steps);
            }
            return run.canceled() ? new TaskOutcome.Canceled() : new TaskOutcome.Completed(List.of(output()), Map.of());
        }

        private void walk(String prefix, Instant limit, Consumer<List<StoredObject>> check) {
            @Nullable ObjectKey last = null;
            while (!run.canceled()) {
                List<StoredObject> page = keys.next(prefix, last, limit);
                check.accept(page.stream().filter(this::isOwn).toList());
                if (page.size() < KeyWalk.PAGE) {
                    return;
                }
                last = page.getLast().key();
            }
        }

        private boolean isOwn(StoredObject found) {
            return BlobKeys.partitionOf(found.key()).filter(own::contains).isPresent();
        }

        private void checkFinal(List<StoredObject> page) {
            walked += page.size();
            List<StoredObject> found = keys.orphans(page, now.minus(KeyWalk.BEHIND));
            List<Move> moves = isDryRun ? List.of() : ParallelCalls.each(found, this::quarantine);
            for (int i = 0; i < found.size(); i++) {
                if (isDryRun || moves.get(i) == Move.STAYS) {
                    add(orphans, found.get(i), found.get(i).key());
                }
            }
        }

        private Move quarantine(StoredObject orphan) {
            return run.canceled() ? Move.STAYS : quarantine.put(task, orphan.key());
        }

        private void checkStaged(List<StoredObject> page) {
            page.stream()
                    .filter(found -> KeyWalk.isWrittenBefore(found, now.minus(StagingExpiry.LIFE)))
                    .forEach(found -> add(staged, found, found.key()));
        }

        private void add(Named named) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", named.id());
            row.put("s3_key", named.key().value());
            lost.add(0, row);
        }

        private Map<String, Object> output() {
            Map<String, Object> output = new LinkedHashMap<>();
            output.put(DRY_RUN, isDryRun);
            output.put("walked_keys", walked);
            if (!isDryRun) {
                output.put("quarantined", quarantined());
            }
            output.put("orphans", orphans.toMap());
            output.put("lost_bytes", lost.toMap());
            output.put("old_staged", staged.toMap());
            return output;
        }

        private Map<String, Object> quarantined() {
            SizeSummary taken = new SizeSummary();
            @Nullable ObjectKey last = null;
            List<StoredObject> page;
            do {
                page = quarantine.next(task, last);
                page.forEach(found -> {
                    ObjectKey origin = Quarantine.origin(task, found.key());
                    add(taken, found, origin);
                    add(orphans, found, origin);
                });
                last = page.isEmpty() ? null : page.getLast().key();
            } while (last != null);
            Map<String, Object> summary = taken.toMap();
            summary.put(
                    "undo_until",
                    run.task().createdAt().plus(Quarantine.RETENTION).toString());
            return summary;
        }

        private static void add(SizeSummary summary, StoredObject found, ObjectKey key) {
            summary.add(found.size(), key.value());
        }
    }
}
