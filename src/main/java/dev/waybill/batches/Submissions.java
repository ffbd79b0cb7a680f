package dev.waybill.batches;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Sets batches to work. The batch says first that it is QUEUED and by which task; the task's id is derived, so whoever
 * comes after a crash submits the same one.
 */
@Component
class Submissions {

    private final BatchStore store;
    private final BatchItemStore items;
    private final TierPlan plan;
    private final Tasks tasks;
    private final FaultPoints faults;
    private final InstantSource clock;

    Submissions(
            BatchStore store,
            BatchItemStore items,
            TierPlan plan,
            Tasks tasks,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.items = items;
        this.plan = plan;
        this.tasks = tasks;
        this.faults = faults;
        this.clock = clock;
    }

    /** Sets a draft to work; the task of one that was submitted before is answered as it stands. */
    Task submit(Batch batch) {
        TaskId task = batch.task();
        if (task == null) {
            task = batch.taskOfRun(1);
            List<Tier> tiers = plan.of(batch.scope(), batch.bucket());
            store.submit(batch, tiers, items.count(batch), task, clock.instant());
            faults.reach("batches.queued");
        }
        return task(batch, task);
    }

    /**
     * Another run of one that ended; false when somebody else began one first.
     *
     * @param request what asks for it
     */
    boolean retry(Batch batch, Batch.RetryTerms terms, String request) {
        TaskId task = batch.taskOfRun(batch.run() + 1);
        List<Tier> tiers = batch.tiers().stream().map(Tier::pending).toList();
        if (!store.retry(batch, terms, request, tiers, task, clock.instant())) {
            return false;
        }
        faults.reach("batches.queued");
        task(batch, task);
        return true;
    }

    /** Submits the task, or answers it as it stands. */
    Task task(Batch batch, TaskId id) {
        return tasks.submit(new NewTask(
                id,
                batch.scope().organization(),
                batch.scope().namespace(),
                TaskType.API_BUCKETS_BATCHES_PROCESS,
                BatchTask.NAME,
                Map.of("batch_id", batch.id().value()),
                List.of(batch.id().value()),
                Map.of(
                        "batch_id",
                        batch.id().value(),
                        "bucket_id",
                        batch.bucket().value())));
    }
}
