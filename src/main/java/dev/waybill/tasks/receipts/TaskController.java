package dev.waybill.tasks.receipts;

import dev.waybill.auth.Caller;
import dev.waybill.auth.NamespaceHeader;
import dev.waybill.auth.NamespaceResolver;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskResponse;
import dev.waybill.tasks.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP API of tasks. */
@RestController
@Tag(name = "Tasks", description = "Receipts of long-running work")
class TaskController {

    private static final String NO_NAMESPACE = """
            {"success": false, "status": 404, "error": {"message": "namespace 'production' not found", "type": \
            "NotFoundError", "details": {"code": "not_found", "resource": "namespace", "id": "production"}}}""";

    private static final String NOT_CANCELABLE = """
            {"success": false, "status": 409, "error": {"message": \
            "Task '0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90' cannot be canceled: its work must not be left half done", \
            "type": "ConflictError", "details": {"code": "task_not_cancelable", "resource": "task", \
            "id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90"}}}""";

    private final Tasks tasks;
    private final TaskLists lists;
    private final TaskVisibility visibility;
    private final NamespaceResolver namespaces;

    TaskController(Tasks tasks, TaskLists lists, TaskVisibility visibility, NamespaceResolver namespaces) {
        this.namespaces = namespaces;
        this.tasks = tasks;
        this.lists = lists;
        this.visibility = visibility;
    }

    @GetMapping("/v1/tasks/{task_id}")
    @Operation(
            operationId = "getTask",
            summary = "Get a task",
            description = "Status, progress (`additional_data.progress`) and results of a piece of work. Redis answers"
                    + " for 24 hours; afterwards, or while Redis is away, the database does, and"
                    + " `additional_data.from_mongodb` is true. An unknown id is 404, never PENDING.")
    TaskResponse get(Caller caller, @PathVariable("task_id") String taskId) {
        return visible(caller, taskId)
                .map(TaskResponse::of)
                .orElseThrow(() -> WaybillException.notFound("task", taskId));
    }

    @PostMapping("/v1/tasks/list")
    @Operation(
            operationId = "listTasks",
            summary = "List tasks",
            description = "The organization's tasks, the newest first unless `sort` says otherwise, 20 at a time unless"
                    + " `limit` says otherwise. `X-Namespace` (or `?namespace=`) narrows the list to one namespace. A"
                    + " key that is narrowed to namespaces or buckets sees the tasks of these only.")
    @ApiResponse(responseCode = "200", description = "A page of tasks")
    @ApiResponse(
            responseCode = "404",
            description = "The named namespace does not exist within the key's reach",
            content = @Content(examples = @ExampleObject(NO_NAMESPACE)))
    ListTasksResponse list(
            Caller caller,
            ListParameters parameters,
            @Parameter(description = "Id or name of the only namespace to look at", example = "production")
                    @RequestHeader(name = "X-Namespace", required = false)
                    @Nullable
                    String header,
            @Parameter(description = "The same, for when the header is absent", example = "production")
                    @RequestParam(required = false)
                    @Nullable
                    String namespace,
            HttpServletRequest request,
            @RequestBody(required = false) @Nullable ListTasksRequest body) {
        return page(caller, parameters, request, body);
    }

    @GetMapping("/v1/tasks")
    @Operation(
            operationId = "getTasks",
            summary = "List tasks by GET",
            description = "As `POST /v1/tasks/list`, with the simple fields of its body as parameters.")
    @ApiResponse(responseCode = "200", description = "A page of tasks")
    @ApiResponse(
            responseCode = "404",
            description = "The named namespace does not exist within the key's reach",
            content = @Content(examples = @ExampleObject(NO_NAMESPACE)))
    ListTasksResponse listByGet(
            Caller caller,
            ListParameters parameters,
            @Parameter(description = "Id or name of the only namespace to look at", example = "production")
                    @RequestHeader(name = "X-Namespace", required = false)
                    @Nullable
                    String header,
            @Parameter(description = "The same, for when the header is absent", example = "production")
                    @RequestParam(required = false)
                    @Nullable
                    String namespace,
            HttpServletRequest request,
            @Parameter(hidden = true) @RequestBody(required = false) @Nullable ListTasksRequest body) {
        return page(caller, parameters, request, body);
    }

    /** The namespace is read from the request itself: as arguments, two that differ would be one. */
    private ListTasksResponse page(
            Caller caller, ListParameters parameters, HttpServletRequest request, @Nullable ListTasksRequest body) {
        String named =
                NamespaceHeader.of(request, caller.organization(), namespaces).orElse(null);
        var only = visibility.named(caller, named);
        return ListTasksResponse.of(lists.page(caller, only, ListTasksRequest.toQuery(body, parameters)));
    }

    @DeleteMapping("/v1/tasks/{task_id}")
    @Operation(
            operationId = "cancelTask",
            summary = "Cancel a task",
            description =
                    "A waiting task is CANCELED at once, a running one within seconds. Canceling one that is done,"
                            + " or that does not exist, succeeds and changes nothing.")
    @ApiResponse(responseCode = "200", description = "Canceled, or nothing to cancel")
    @ApiResponse(
            responseCode = "409",
            description = "The work must not be left half done, such as a delete",
            content = @Content(examples = @ExampleObject(NOT_CANCELABLE)))
    CancelTaskResponse cancel(Caller caller, @PathVariable("task_id") String taskId) {
        Optional<Task> visible = visible(caller, taskId);
        visible.ifPresent(task -> visibility.requireMayCancel(caller, task));
        return visible.flatMap(task -> tasks.cancel(caller.organization(), task.id()))
                .map(CancelTaskResponse::of)
                .orElseGet(CancelTaskResponse::unknown);
    }

    private Optional<Task> visible(Caller caller, String taskId) {
        return TaskId.parse(taskId)
                .flatMap(id -> tasks.find(caller.organization(), id))
                .filter(task -> visibility.sees(caller, task));
    }
}
