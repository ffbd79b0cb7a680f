package dev.waybill.blobs;

import dev.waybill.auth.Caller;
import dev.waybill.platform.storage.StorageProbe;
import dev.waybill.tasks.TaskResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** HTTP API of storage for administrators: reconciliation, its undo, and the storage check. */
@RestController
@Tag(name = "Storage", description = "What lies in the managed bucket, for administrators.")
class StorageController {

    private static final String STARTED = """
            {"task_id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90", "task_type": "plugin_custom", \
            "description": "Works in the background (plugin_custom)", "status": "PENDING", \
            "inputs": [{"operation": "storage_reconcile", "dry_run": false}], "outputs": [], \
            "additional_data": {"operation": "storage_reconcile", "dry_run": false}}""";

    private static final String ENDED = """
            {"task_id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90", "task_type": "plugin_custom", \
            "description": "Works in the background (plugin_custom)", "status": "COMPLETED", \
            "inputs": [{"operation": "storage_reconcile", "dry_run": false}], "outputs": [{"dry_run": false, \
            "walked_keys": 120481, "quarantined": {"count": 1, "bytes": 48211, \
            "samples": ["7/0VXsK2aQ3nB8xYz2/ns_0VXsK2aQ3nB8xYz1/photo.jpg"], "undo_until": "2026-12-04T09:30:00Z"}, \
            "orphans": {"count": 1, "bytes": 48211, \
            "samples": ["7/0VXsK2aQ3nB8xYz2/ns_0VXsK2aQ3nB8xYz1/photo.jpg"]}, \
            "lost_bytes": {"count": 1, "bytes": 0, "samples": [{"id": "obj_0VXsK2aQ3nB8xYz3", \
            "s3_key": "c/0VXsK2aQ3nB8xYz4/ns_0VXsK2aQ3nB8xYz1/hero.png"}]}, \
            "old_staged": {"count": 0, "bytes": 0, "samples": []}}], \
            "additional_data": {"operation": "storage_reconcile", "dry_run": false}}""";

    private static final String UNDONE = """
            {"task_id": "0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f", "task_type": "plugin_custom", \
            "description": "Works in the background (plugin_custom)", "status": "PENDING", \
            "inputs": [{"operation": "storage_reconcile_undo", \
            "undone_task_id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90"}], "outputs": [], \
            "additional_data": {"operation": "storage_reconcile_undo", \
            "undone_task_id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90"}}""";

    private static final String DRY = """
            {"success": false, "status": 400, "error": {"message": "Task '0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90' was a \
            dry run: it moved nothing, so there is nothing to undo.", "type": "BadRequestError", "details": \
            {"code": "bad_request", "resource": "task", "id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90"}}}""";

    private static final String RUNNING = """
            {"success": false, "status": 409, "error": {"message": "Task '0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90' still \
            runs. Wait for its end, or cancel it, before you undo it.", "type": "ConflictError", "details": \
            {"code": "conflict", "resource": "task", "id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90"}}}""";

    private static final String UNKNOWN = """
            {"success": false, "status": 404, "error": {"message": \
            "task '0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90' not found", "type": "NotFoundError", "details": \
            {"code": "not_found", "resource": "task", "id": "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90"}}}""";

    private final Reconciliations reconciliations;
    private final StorageProbe probe;

    StorageController(Reconciliations reconciliations, StorageProbe probe) {
        this.reconciliations = reconciliations;
        this.probe = probe;
    }

    @PostMapping("/v1/organizations/storage/reconcile")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "reconcileStorage",
            summary = "Compare storage with what is known",
            description = "Starts a task that compares the bucket with what the organization's objects, files and"
                    + " submissions name. Its one output tells `walked_keys` (final keys that are a day old or older),"
                    + " `orphans` (those of them that nothing names), `lost_bytes` (ids of objects and submissions with"
                    + " the keys whose bytes are gone) and `old_staged` (bytes under `staging/` that are older than 8"
                    + " days): each with `count`, `bytes` and up to 20 `samples`. With `dry_run: false` orphans are"
                    + " also moved to `quarantine/<task>/<key>`, told as `quarantined`; after 7 days they are removed,"
                    + " and until `undo_until` the task can be undone. What names bytes that are gone is never changed."
                    + " The body may be missing.")
    @ApiResponse(
            responseCode = "202",
            description = "The task, to be followed by `GET /v1/tasks/{task_id}`.",
            content =
                    @Content(
                            schema = @Schema(implementation = TaskResponse.class),
                            examples = {
                                @ExampleObject(name = "started", value = STARTED),
                                @ExampleObject(name = "when it has ended", value = ENDED)
                            }))
    TaskResponse reconcile(Caller caller, @RequestBody(required = false) @Nullable ReconcileRequest body) {
        return TaskResponse.of(reconciliations.start(caller, body == null || body.isDryRun()));
    }

    @PostMapping("/v1/organizations/storage/reconcile/{task_id}/undo")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "undoStorageReconcile",
            summary = "Undo a reconcile",
            description = "Starts a task that gives back their keys to all bytes which a reconcile moved into"
                    + " quarantine and which are still there. Its one output tells `restored`, counted by its last"
                    + " attempt, and `left`: what could not be given back, as its namespace was deleted. What still"
                    + " nothing names is removed within a month, as any other such bytes. A reconcile that was"
                    + " canceled halfway can be undone too, and undoing twice does no harm.")
    @ApiResponse(
            responseCode = "202",
            description = "The task, to be followed by `GET /v1/tasks/{task_id}`.",
            content =
                    @Content(schema = @Schema(implementation = TaskResponse.class), examples = @ExampleObject(UNDONE)))
    @ApiResponse(
            responseCode = "400",
            description = "It was a dry run.",
            content = @Content(examples = @ExampleObject(DRY)))
    @ApiResponse(
            responseCode = "404",
            description = "The organization has no such reconcile.",
            content = @Content(examples = @ExampleObject(UNKNOWN)))
    @ApiResponse(
            responseCode = "409",
            description = "It has not ended yet.",
            content = @Content(examples = @ExampleObject(RUNNING)))
    TaskResponse undo(
            Caller caller,
            @Parameter(
                            description = "The task of a reconcile with `dry_run: false`",
                            example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
                    @PathVariable("task_id")
                    String taskId) {
        return TaskResponse.of(reconciliations.undo(caller, taskId));
    }

    @PostMapping("/v1/organizations/storage/check")
    @Operation(
            operationId = "checkStorage",
            summary = "Ask the bucket what it enforces",
            description = "PUTs a few small objects below `staging/.probe/` as clients with presigned URLs would, right"
                    + " and wrong ones, looks what storage did, and removes them. It takes some fifteen requests to"
                    + " storage. What was found also shows in `GET /v1/health?deep=true` and in the metrics.")
    @ApiResponse(responseCode = "200", description = "What was found, rule by rule.")
    StorageCheckResponse check() {
        return StorageCheckResponse.of(probe.ask());
    }
}
