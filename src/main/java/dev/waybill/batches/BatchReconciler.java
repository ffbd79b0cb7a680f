package dev.waybill.batches;

import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reconciles a batch that no other task would finish: whose task was never submitted because of a crash, was canceled
 * on its own, or was given up; updates the objects of one that was stopped; and deletes one that was left half created.
 * Whoever is about to change a batch that must come to its end schedules this first, so that a crash anywhere is made
 * up for. Each time it is a task of its own: of two that were submitted under one id, the earlier might run before what
 * the later is for.
 */
@Component
class BatchReconciler implements TaskHandler {

    static final String BATCH = "batch_id";
    static final String RUN = "run";

    private static final String NAME = "batches.watch";
    private static final String GIVEN_UP = "The work on the batch was given up after repeated failures. Retry it.";

    /** What was not created by then is left half created. */
    private static final Duration CREATION = Duration.ofMinutes(15);

    /** Longer than any request lasts: what it was about to do after this task was submitted is done then, or never. */
    private static final Duration REQUEST = Duration.ofMinutes(1);

    private final Tasks tasks;
    private final BatchStore store;
    private final BatchDeletion deletion;
    private final ResultRecorder resultRecorder;
    private final BatchEvents events;
    private final BatchProperties properties;
    private final InstantSource clock;

    BatchReconciler(
            Tasks tasks,
            BatchStore store,
            BatchDeletion deletion,
            ResultRecorder resultRecorder,
            BatchEvents events,
            BatchProperties properties,
            InstantSource clock) {
        this.tasks = tasks;
        this.store = store;
        this.deletion = deletion;
        this.resultRecorder = resultRecorder;
        this.events = events;
        this.properties = properties;
        this.clock = clock;
    }

    /** Scheduled before the batch is created, which is over long before this task is due. */
    void scheduleCreation(BatchEntity batch) {
        schedule(batch, batch.run(), CREATION);
    }

    /** Scheduled before a run of that number begins. */
    void scheduleRun(BatchEntity batch, int run) {
        schedule(batch, run, properties.watchAfter());
    }

    /**
     * Stops a run, as {@link BatchStore#stop} does, and schedules the update of the batch's objects. After a crash in
     * between, the task scheduled for the run does so a little later.
     */
    boolean stop(BatchEntity batch, @Nullable String error) {
        boolean stopped = store.stop(batch, error, clock.instant());
        if (stopped) {
            schedule(batch, batch.run(), Duration.ZERO);
        }
        return stopped;
    }

    private void schedule(BatchEntity batch, int run, Duration after) {
        NewTask task = NewTask.internal(
                new TaskId(UUID.randomUUID().toString()),
                NAME,
                batch.scope(),
                Map.of(BATCH, batch.batchId(), RUN, run));
        tasks.submitAt(task, clock.instant().plus(after));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.ENDLESS;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        return store.findEvenHidden(run.scope(), new BatchId(run.text(BATCH)))
                .map(batch -> Boolean.TRUE.equals(batch.hidden()) ? deleteHalfCreated(batch) : reconcile(batch, run))
                .orElseGet(TaskOutcome::completed);
    }

    private TaskOutcome deleteHalfCreated(BatchEntity batch) {
        Duration left = Duration.between(clock.instant(), batch.createdAt().plus(CREATION));
        if (left.isPositive()) {
            return new TaskOutcome.Later(left);
        }
        deletion.begin(batch);
        return TaskOutcome.completed();
    }

    private TaskOutcome reconcile(BatchEntity batch, TaskRun run) {
        int number = BatchTaskPayload.number(run, RUN);
        if (batch.run() > number) {
            return TaskOutcome.completed(); // that run has its own task
        }
        if (batch.run() < number) {
            return clock.instant().isBefore(run.task().createdAt().plus(REQUEST))
                    ? new TaskOutcome.Later(properties.watchAfter())
                    : TaskOutcome.completed();
        }
        TaskId task = batch.task();
        if (batch.isActive() && task != null) {
            boolean lost = isLost(batch, tasks.submit(batch.work(task)));
            return new TaskOutcome.Later(lost ? Duration.ZERO : properties.watchAfter());
        }
        resultRecorder.updateStopped(batch);
        events.republishEnd(batch);
        return TaskOutcome.completed();
    }

    /** Whether the batch's task ended and left the batch active: then it is stopped. */
    private boolean isLost(BatchEntity batch, Task task) {
        return switch (task.status()) {
            case CANCELED -> stop(batch, null);
            case FAILED, COMPLETED, COMPLETED_WITH_ERRORS -> stop(batch, GIVEN_UP);
            default -> false;
        };
    }
}
