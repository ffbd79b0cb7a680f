package dev.waybill.blobs;

import dev.waybill.auth.Caller;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Submits the tasks that reconcile storage with the rows, and those that undo it. */
@Component
class Reconciliations {

    private static final String OPERATION = "operation";
    private static final String RECONCILE = "storage_reconcile";
    private static final String UNDO = "storage_reconcile_undo";

    private final Tasks tasks;

    Reconciliations(Tasks tasks) {
        this.tasks = tasks;
    }

    Task start(Caller caller, boolean isDryRun) {
        return submit(caller, Reconciliation.HANDLER, RECONCILE, Reconciliation.DRY_RUN, isDryRun);
    }

    /**
     * @throws WaybillException 404 for a task that is no reconciliation of this organization, 400 for a dry run, 409
     *     while it runs
     */
    Task undo(Caller caller, String taskId) {
        Task task = tasks.find(caller.organization(), new TaskId(taskId))
                .filter(found -> RECONCILE.equals(found.additionalData().get(OPERATION)))
                .orElseThrow(() -> WaybillException.notFound("task", taskId));
        if (!Boolean.FALSE.equals(task.additionalData().get(Reconciliation.DRY_RUN))) {
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "Task '%s' was a dry run: it moved nothing, so there is nothing to undo.".formatted(taskId),
                    Map.of("resource", "task", "id", taskId));
        }
        if (!task.status().isFinal()) {
            throw new WaybillException(
                    ErrorCode.CONFLICT,
                    "Task '%s' still runs. Wait for its end, or cancel it, before you undo it.".formatted(taskId),
                    Map.of("resource", "task", "id", taskId));
        }
        return submit(caller, ReconciliationUndo.HANDLER, UNDO, ReconciliationUndo.UNDONE, taskId);
    }

    private Task submit(Caller caller, String handler, String operation, String field, Object value) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put(OPERATION, operation);
        input.put(field, value);
        return tasks.submit(new NewTask(
                null,
                caller.organization(),
                null,
                TaskType.PLUGIN_CUSTOM,
                handler,
                Map.of(field, value),
                List.of(input),
                input));
    }
}
