package dev.waybill.batches;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.stereotype.Component;

/**
 * Looks after a batch that nobody else would: whose task was never submitted because of a crash, was canceled on its own,
 * or was given up; tells the objects of one that was stopped; and has one deleted that was left half made.
 */
@Component
class WatchTask implements TaskHandler {

    private static final String GIVEN_UP = "The work on the batch was given up after repeated failures. Retry it.";

    /** Longer than any request lasts: what it was about to do after this task was submitted is done then, or never. */
    private static final Duration REQUEST = Duration.ofMinutes(1);

    private final BatchStore store;
    private final BatchDeletion deletion;
    private final Standings standings;
    private final Submissions submissions;
    private final BatchWatch watch;
    private final BatchNews news;
    private final BatchProperties properties;
    private final InstantSource clock;

    WatchTask(
            BatchStore store,
            BatchDeletion deletion,
            Standings standings,
            Submissions submissions,
            BatchWatch watch,
            BatchNews news,
            BatchProperties properties,
            InstantSource clock) {
        this.store = store;
        this.deletion = deletion;
        this.standings = standings;
        this.submissions = submissions;
        this.watch = watch;
        this.news = news;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public String name() {
        return BatchWatch.HANDLER;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.ENDLESS;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        Scope scope = new Scope(
                new OrganizationId(run.text(BatchWatch.ORGANIZATION)), new NamespaceId(run.text(BatchWatch.NAMESPACE)));
        return store.findEvenHalfMade(scope, new BatchId(run.text(BatchWatch.BATCH)))
                .map(found -> look(found, run))
                .orElseGet(TaskOutcome::completed);
    }

    private TaskOutcome look(BatchStore.Found found, TaskRun run) {
        Batch batch = found.batch();
        Instant now = clock.instant();
        if (found.hidden()) {
            Instant made = batch.createdAt().plus(BatchWatch.MADE);
            if (now.isBefore(made)) {
                return new TaskOutcome.Later(Duration.between(now, made));
            }
            deletion.begin(batch);
            return TaskOutcome.completed();
        }
        int number = Work.number(run, BatchWatch.RUN);
        if (batch.run() > number) {
            return TaskOutcome.completed(); // that run has its own watch
        }
        if (batch.run() < number) {
            return now.isBefore(run.task().createdAt().plus(REQUEST))
                    ? new TaskOutcome.Later(properties.watchAfter())
                    : TaskOutcome.completed();
        }
        TaskId task = batch.task();
        if (batch.isActive() && task != null) {
            return new TaskOutcome.Later(
                    isLost(batch, submissions.task(batch, task)) ? Duration.ZERO : properties.watchAfter());
        }
        standings.tellStopped(batch);
        news.makeUp(batch);
        return TaskOutcome.completed();
    }

    /** Whether the batch's task ended and left it at work: then it is stopped. */
    private boolean isLost(Batch batch, Task task) {
        return switch (task.status()) {
            case CANCELED -> watch.stop(batch, null);
            case FAILED, COMPLETED, COMPLETED_WITH_ERRORS -> watch.stop(batch, GIVEN_UP);
            default -> false;
        };
    }
}
