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
 * Compares what lies in storage with what an organization's rows name, both ways. Bytes that nobody owns are moved out of
 * the way, unless it is a dry run; rows without bytes are told, and left alone.
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

    /** One attempt. What it moved is counted where it lies, so that what an attempt before it moved counts too. */
    private final class Pass {

        private final TaskRun run;
        private final TaskId task;
        private final boolean isDry;
        private final Set<String> own;
        private final Instant now = clock.instant();
        private final SizeSummary orphans = new SizeSummary();
        private final SizeSummary lost = new SizeSummary();
        private final SizeSummary staged = new SizeSummary();
        private long walked;

        Pass(TaskRun run) {
            this.run = run;
            this.task = run.task().id();
            this.isDry = !Boolean.FALSE.equals(run.payload().get(DRY_RUN));
            this.own = partitions.of(run.task().organization());
        }

        TaskOutcome run() {
            int steps = BlobKeys.SHARDS.size() + own.size();
            int done = 0;
            for (String shard : BlobKeys.SHARDS) {
                walk(shard, now.minus(KeyWalk.BEHIND), this::lookAtFinal);
                walk(BlobKeys.STAGING + shard, now.minus(StagingExpiry.LIFE), this::lookAtStaged);
                run.progress(++done, steps);
            }
            for (String partition : own) {
                missingBlobs.find(partition, run::canceled, this::add);
                run.progress(++done, steps);
            }
            return run.canceled() ? new TaskOutcome.Canceled() : new TaskOutcome.Completed(List.of(told()), Map.of());
        }

        private void walk(String prefix, Instant limit, Consumer<List<StoredObject>> look) {
            @Nullable ObjectKey last = null;
            while (!run.canceled()) {
                List<StoredObject> page = keys.next(prefix, last, limit);
                look.accept(page.stream().filter(this::isOwn).toList());
                if (page.size() < KeyWalk.PAGE) {
                    return;
                }
                last = page.getLast().key();
            }
        }

        private boolean isOwn(StoredObject found) {
            return BlobKeys.partitionOf(found.key()).filter(own::contains).isPresent();
        }

        private void lookAtFinal(List<StoredObject> page) {
            walked += page.size();
            List<StoredObject> found = keys.orphans(page, now.minus(KeyWalk.BEHIND));
            List<Move> moves = isDry ? List.of() : ParallelCalls.each(found, this::takeAway);
            for (int i = 0; i < found.size(); i++) {
                if (isDry || moves.get(i) == Move.STAYS) {
                    add(orphans, found.get(i), found.get(i).key());
                }
            }
        }

        private Move takeAway(StoredObject orphan) {
            return run.canceled() ? Move.STAYS : quarantine.take(task, orphan.key());
        }

        private void lookAtStaged(List<StoredObject> page) {
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

        private Map<String, Object> told() {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put(DRY_RUN, isDry);
            told.put("walked_keys", walked);
            if (!isDry) {
                told.put("quarantined", quarantined());
            }
            told.put("orphans", orphans.told());
            told.put("lost_bytes", lost.told());
            told.put("old_staged", staged.told());
            return told;
        }

        private Map<String, Object> quarantined() {
            SizeSummary taken = new SizeSummary();
            @Nullable ObjectKey last = null;
            List<StoredObject> page;
            do {
                page = quarantine.next(task, last);
                page.forEach(kept -> {
                    ObjectKey origin = Quarantine.origin(task, kept.key());
                    add(taken, kept, origin);
                    add(orphans, kept, origin);
                });
                last = page.isEmpty() ? null : page.getLast().key();
            } while (last != null);
            Map<String, Object> told = taken.told();
            told.put("undo_until", run.task().createdAt().plus(Quarantine.KEPT).toString());
            return told;
        }

        private static void add(SizeSummary sizeSummary, StoredObject found, ObjectKey key) {
            sizeSummary.add(found.size(), key.value());
        }
    }
}
