package dev.waybill.blobs;

import dev.waybill.blobs.Quarantine.Move;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Task handler that restores what a reconciliation quarantined and has not expired yet. */
@Component
class ReconciliationUndo implements TaskHandler {

    /** The handler's name, stored with each task. */
    static final String HANDLER = "blobs.reconcile-undo";

    /** Field of the payload: the task that is undone. */
    static final String UNDONE = "undone_task_id";

    private final Quarantine quarantine;
    private final Partitions partitions;

    ReconciliationUndo(Quarantine quarantine, Partitions partitions) {
        this.quarantine = quarantine;
        this.partitions = partitions;
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
        TaskId undone = new TaskId(run.text(UNDONE));
        Set<String> own = partitions.of(run.task().organization());
        SizeSummary restored = new SizeSummary();
        SizeSummary left = new SizeSummary();
        @Nullable ObjectKey last = null;
        while (!run.canceled()) {
            List<StoredObject> page = quarantine.next(undone, last);
            if (page.isEmpty()) {
                return new TaskOutcome.Completed(List.of(output(undone, restored, left)), Map.of());
            }
            List<Move> moves = ParallelCalls.each(page, found -> restore(run, own, undone, found.key()));
            for (int i = 0; i < page.size(); i++) {
                SizeSummary summary = moves.get(i) == Move.DONE ? restored : left;
                ObjectKey key = Quarantine.origin(undone, page.get(i).key());
                summary.add(page.get(i).size(), key.value());
            }
            last = page.getLast().key();
        }
        return new TaskOutcome.Canceled();
    }

    /** Bytes of a namespace that was deleted since are not restored. */
    private Move restore(TaskRun run, Set<String> own, TaskId undone, ObjectKey quarantined) {
        boolean isOwn = BlobKeys.partitionOf(Quarantine.origin(undone, quarantined))
                .filter(own::contains)
                .isPresent();
        return isOwn && !run.canceled() ? quarantine.restore(undone, quarantined) : Move.STAYS;
    }

    private static Map<String, Object> output(TaskId undone, SizeSummary restored, SizeSummary left) {
        Map<String, Object> output = new LinkedHashMap<>();
        output.put(UNDONE, undone.value());
        output.put("restored", restored.toMap());
        output.put("left", left.toMap());
        return output;
    }
}
