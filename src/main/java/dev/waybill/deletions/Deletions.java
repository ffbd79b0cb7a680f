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

/** The door to deletions: begins them. */
@Component
public class Deletions {

    /**
     * How the task of a deletion shows to clients.
     *
     * @param namespace the one whose tasks it is listed with
     */
    public record Receipt(
            TaskType type, NamespaceId namespace, List<Object> inputs, Map<String, Object> additionalData) {}

    private final Function<NewTask, Task> tasks;
    private final DeletionFlagStore marks;
    private final FaultPoints faults;
    private final InstantSource clock;

    @Autowired
    Deletions(Tasks tasks, DeletionFlagStore marks, FaultPoints faults, InstantSource clock) {
        this(tasks::submit, marks, faults, clock);
    }

    Deletions(Function<NewTask, Task> tasks, DeletionFlagStore marks, FaultPoints faults, InstantSource clock) {
        this.tasks = tasks;
        this.marks = marks;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Has it deleted. When this returns, it is there for nobody any more. The task comes first and marks it too, so
     * whatever happens in between, it goes. Of what is being deleted already, the task is answered as it stands.
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
     * The same without a receipt.
     *
     * @return false when it stays, as it has another revision since, or is gone already
     */
    public boolean begin(DeletionTarget deletionTarget) {
        begin(deletionTarget, NewTask.internal(deletionTarget.task(), DeletionTask.NAME, deletionTarget.payload()));
        return marks.find(deletionTarget).isPresent();
    }

    private Task begin(DeletionTarget deletionTarget, NewTask work) {
        Task task = tasks.apply(work);
        faults.reach(deletionTarget.kind().resource() + "-delete.submitted");
        marks.mark(deletionTarget, clock.instant());
        faults.reach(deletionTarget.kind().resource() + "-delete.marked");
        return task;
    }
}
