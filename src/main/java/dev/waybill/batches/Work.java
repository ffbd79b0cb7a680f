package dev.waybill.batches;

import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskStatus;
import java.util.Optional;

/** What the tasks of a batch read out of what was submitted with them. */
final class Work {

    private Work() {}

    static Optional<Batch> batch(BatchStore store, TaskRun run) {
        return store.findForWork(
                run.task().scope(), new BatchId(String.valueOf(run.payload().get("batch_id"))));
    }

    static Optional<Batch> reread(BatchStore store, Batch batch) {
        return store.findForWork(batch.scope(), batch.id());
    }

    static int number(TaskRun run, String name) {
        if (run.payload().get(name) instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalStateException("the task lacks '%s'".formatted(name));
    }

    static int currentTier(Batch batch) {
        Integer tier = batch.currentTier();
        return tier == null ? 0 : tier;
    }

    /** Whether the batch is at work in that run. */
    static boolean isOn(Batch batch, int run) {
        return batch.status() == TaskStatus.PROCESSING && batch.run() == run;
    }
}
