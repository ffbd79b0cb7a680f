package dev.waybill.deletions;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** API of this module for others: begins cascading deletions. */
@Component
public class Deletions {

    /**
     * The task of a deletion as clients see it.
     *
     * @param namespace the one whose tasks it is listed with
     */
    public record Receipt(
            TaskType type, NamespaceId namespace, List<Object> inputs, Map<String, Object> additionalData) {}

    private final Function<NewTask, Task> tasks;
    private final DeletionFlagStore flags;
    private final FaultPoints faults;
    private final InstantSource clock;

    @Autowired
    Deletions(Tasks tasks, DeletionFlagStore flags, FaultPoints faults, InstantSource clock) {
        this(tasks::submit, flags, faults, clock);
    }

    Deletions(Function<NewTask, Task> tasks, DeletionFlagStore flags, FaultPoints faults, InstantSource clock) {
        this.tasks = tasks;
        this.flags = flags;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Begins a deletion. When this returns, no other request finds the target any more. The task is submitted first and
     * sets the flag too, so that a crash in between loses nothing. If the target is being deleted already, its task is
     * returned.
     */
    public Task begin(DeletionTarget deletionTarget, Receipt receipt) {
        return begin(
                deletionTarget,
                new NewTask(
                        deletionTarget.task(),
                        deletionTarget.organization(),
                        receipt.namespace(),
                        receipt.type(),
                        DeletionTask.NAME,
                        deletionTarget.payload(),
                        receipt.inputs(),
                        receipt.additionalData()));
    }

    /**
     * Begins a deletion without a receipt.
     *
     * @return false when nothing is deleted, as the target has another revision by now, or is gone already
     */
    public boolean begin(DeletionTarget deletionTarget) {
        begin(deletionTarget, NewTask.internal(deletionTarget.task(), DeletionTask.NAME, deletionTarget.payload()));
        return flags.find(deletionTarget).isPresent();
    }

    private Task begin(DeletionTarget deletionTarget, NewTask work) {
        Task task = tasks.apply(work);
        faults.reach(deletionTarget.kind().resource() + "-delete.submitted");
        flags.mark(deletionTarget, clock.instant());
        faults.reach(deletionTarget.kind().resource() + "-delete.marked");
        return task;
    }
}
