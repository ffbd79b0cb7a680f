package dev.waybill.batches;

import dev.waybill.tasks.TaskRun;
import java.util.Optional;

/** What the tasks of a batch read out of what was given to them. */
final class BatchTaskPayload {

    private BatchTaskPayload() {}

    static Optional<BatchEntity> batch(BatchStore store, TaskRun run) {
        return store.findForWork(run.task().scope(), new BatchId(run.text("batch_id")));
    }

    /** The same in the run that the task is for; empty when another one began. */
    static Optional<BatchEntity> inRun(BatchStore store, TaskRun run) {
        return batch(store, run).filter(batch -> batch.run() == number(run, "run"));
    }

    static int number(TaskRun run, String name) {
        if (run.payload().get(name) instanceof Number number) {
            return number.intValue();
        }
        throw new IllegalStateException("the task lacks '%s'".formatted(name));
    }
}
