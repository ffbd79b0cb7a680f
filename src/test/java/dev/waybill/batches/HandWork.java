package dev.waybill.batches;

import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A task run that the test drives itself, in place of a worker. */
final class HandWork implements TaskRun {

    private final Task task;
    private final Map<String, Object> payload;
    private final int attempt;
    private volatile boolean lost;

    HandWork(BatchEntity batch, int tier, List<String> objects, int attempt) {
        this(
                batch,
                Map.of("batch_id", batch.id().value(), "run", batch.run(), "tier", tier, "object_ids", objects),
                attempt,
                Instant.now());
    }

    /** A reconciliation of a batch, submitted then. */
    HandWork(BatchEntity batch, int run, Instant createdAt) {
        this(
                batch,
                NewTask.internal(
                                new TaskId(UUID.randomUUID().toString()),
                                "batches.watch",
                                batch.scope(),
                                Map.of(BatchReconciler.BATCH, batch.batchId(), BatchReconciler.RUN, run))
                        .payload(),
                1,
                createdAt);
    }

    private HandWork(BatchEntity batch, Map<String, Object> payload, int attempt, Instant createdAt) {
        this.task = new Task(
                new TaskId(UUID.randomUUID().toString()),
                batch.scope().organization(),
                batch.scope().namespace(),
                TaskType.ENGINE_OBJECT_PROCESSING,
                TaskStatus.PROCESSING,
                List.of(),
                List.of(),
                Map.of(),
                null,
                createdAt,
                createdAt);
        this.payload = payload;
        this.attempt = attempt;
    }

    /** Loses the lease: another worker has the task from here on. */
    void lose() {
        lost = true;
    }

    @Override
    public Task task() {
        return task;
    }

    @Override
    public Map<String, Object> payload() {
        return payload;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void progress(long processed, long total, Map<String, Object> beside) {}

    @Override
    public boolean canceled() {
        return lost;
    }
}
