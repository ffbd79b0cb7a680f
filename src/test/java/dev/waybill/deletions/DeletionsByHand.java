package dev.waybill.deletions;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RecordedTasks;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.mongodb.core.MongoOperations;

/** Deletions whose tasks a test runs by hand. The settling time is a minute. */
public final class DeletionsByHand {

    public static final Duration SETTLE = Duration.ofSeconds(60);

    private final StaticListableBeanFactory kinds = new StaticListableBeanFactory();
    private final RecordedTasks tasks = new RecordedTasks();
    private final Deletions deletions;
    private final DeletionTask handler;

    public DeletionsByHand(MongoOperations mongo, FaultPoints faults, InstantSource clock) {
        DeletionFlagStore flags = new DeletionFlagStore(mongo);
        deletions = new Deletions(tasks, flags, faults, clock);
        handler = new DeletionTask(
                kinds.getBeanProvider(Deletable.class), flags, new DeletionProperties(SETTLE), faults, clock);
    }

    /** Registers a kind. */
    public <T extends Deletable> T with(T kind) {
        kinds.addBean(kind.kind().resource(), kind);
        return kind;
    }

    public Deletions door() {
        return deletions;
    }

    /** The tasks submitted so far, in that order. */
    public List<TaskId> tasks() {
        return tasks.ids();
    }

    public NewTask submitted(TaskId task) {
        return tasks.work(task);
    }

    /** One run of a task, as by a worker. */
    public TaskOutcome run(TaskId task) {
        return handler.run(tasks.run(task));
    }

    /** One run of a task by a worker that is told to stop. */
    public TaskOutcome runStopped(TaskId task) {
        return handler.run(tasks.run(task).cancel());
    }

    /** One run of a task: the progress that it reported, such as {@code 2/5}. */
    public List<String> progressOf(TaskId task) {
        RecordedTasks.Run run = tasks.run(task);
        handler.run(run);
        return run.told();
    }
}
