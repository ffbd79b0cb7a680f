package dev.waybill.syncs;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.runs.SyncResponse;
import dev.waybill.syncs.runs.SyncService;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Syncs", description = "Buckets that are kept as storage elsewhere is.")
class SyncController {

    static final String SYNCS = "/v1/buckets/{bucket_identifier}/syncs";
    static final String ONE = SYNCS + "/{sync_config_id}";

    private static final int DEFAULT_LIMIT = 20;

    private final Buckets buckets;
    private final SyncService service;

    SyncController(Buckets buckets, SyncService service) {
        this.buckets = buckets;
        this.service = service;
    }

    @PostMapping(SYNCS)
    @Operation(
            operationId = "createSync",
            summary = "Create a sync",
            description = "Keeps the bucket as a part of some storage is: every file becomes an object, and a changed"
                    + " file changes its object. Nothing is ever deleted. Either over a connection that is there"
                    + " (`connection_id`, `source_path`), or with `provider`, `connection` and `sync_config`, which"
                    + " makes the connection too: it is tested first, and when anything fails, nothing stays. The first"
                    + " run begins after one interval, or by `trigger`.")
    @ApiResponse(responseCode = "200", description = "The new sync.")
    @ApiResponse(
            responseCode = "409",
            description = "The connection cannot be used, or, in the form that brings one along, a sync takes the same"
                    + " files already.")
    SyncResponse create(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @RequestBody SyncCreateRequest request) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return service.create(caller, bucket, request.read());
    }

    @PostMapping(SYNCS + "/list")
    @Operation(
            operationId = "listSyncs",
            summary = "List syncs",
            description = "The bucket's syncs, newest first. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of syncs.")
    ListSyncsResponse list(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListSyncsRequest body) {
        ListSyncsRequest request = body == null ? ListSyncsRequest.EVERYTHING : body;
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return ListSyncsResponse.of(list(bucket, request, parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT)));
    }

    @GetMapping(SYNCS)
    @Operation(
            operationId = "listSyncsByGet",
            summary = "List syncs, for older clients",
            description =
                    "The same list, with the names `syncs` and `total_count` beside `results` and `total`, and with"
                            + " the fields of its body as parameters.")
    @ApiResponse(responseCode = "200", description = "A page of syncs.")
    ListSyncsResponse listByGet(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            ListParameters parameters,
            @Parameter(hidden = true) @RequestBody(required = false) @Nullable ListSyncsRequest body) {
        ListSyncsRequest request = body == null ? ListSyncsRequest.EVERYTHING : body;
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return ListSyncsResponse.withOlderNames(
                list(bucket, request, parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT)));
    }

    private Page<SyncResponse> list(Bucket bucket, ListSyncsRequest request, ListQuery query) {
        return service.list(bucket, request.connectionId(), request.readStatus(), request.isActive(), query);
    }

    @GetMapping(ONE)
    @Operation(operationId = "getSync", summary = "Get a sync", description = "Its settings, its state and its totals.")
    @ApiResponse(responseCode = "200", description = "The sync.")
    SyncResponse get(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id) {
        return service.get(buckets.require(scope, bucketIdentifier), id);
    }

    @PatchMapping(ONE)
    @Operation(
            operationId = "patchSync",
            summary = "Change a sync",
            description = "Changes hold from the next run on, and `is_active` at once. With another source_path or"
                    + " other filters the next run lists from the start; what was synced stays.")
    @ApiResponse(responseCode = "200", description = "The sync as it is now.")
    @ApiResponse(
            responseCode = "409",
            description = "Others change it at the same time, or its connection cannot be used.")
    SyncResponse patch(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @RequestBody SyncUpdateRequest request) {
        return service.patch(caller, buckets.require(scope, bucketIdentifier), id, request.read());
    }

    @DeleteMapping(ONE)
    @Operation(
            operationId = "deleteSync",
            summary = "Delete a sync",
            description = "With its runs and its ledger. The objects that it made stay. A run that goes stops between"
                    + " two files.")
    @ApiResponse(responseCode = "200", description = "It is gone.")
    DeleteSyncResponse delete(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id) {
        service.delete(buckets.require(scope, bucketIdentifier), id);
        return DeleteSyncResponse.of(id);
    }

    @PostMapping(ONE + "/pause")
    @Operation(
            operationId = "pauseSync",
            summary = "Pause a sync",
            description = "A run that goes comes to its end, and no other one begins. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "The sync, SUSPENDED.")
    SyncResponse pause(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id,
            @RequestBody(required = false) @Nullable PauseRequest body) {
        String reason = (body == null ? PauseRequest.NO_REASON : body).read();
        return service.pause(caller, buckets.require(scope, bucketIdentifier), id, reason);
    }

    @PostMapping(ONE + "/resume")
    @Operation(
            operationId = "resumeSync",
            summary = "Resume a sync",
            description = "Also one that was suspended because it failed. The next run begins at once and takes what"
                    + " is new or changed.")
    @ApiResponse(responseCode = "200", description = "The sync, not paused.")
    @ApiResponse(responseCode = "409", description = "Its connection cannot be used.")
    SyncResponse resume(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id) {
        return service.resume(caller, buckets.require(scope, bucketIdentifier), id);
    }

    @PostMapping(ONE + "/trigger")
    @Operation(
            operationId = "triggerSync",
            summary = "Run a sync now",
            description = "Begins a run and does not wait for it. While one goes, nothing is queued.")
    @ApiResponse(responseCode = "200", description = "The run was begun.")
    @ApiResponse(
            responseCode = "409",
            description = "A run goes (its `sync_job_id` is in the details), or the sync is paused or not active.")
    TriggerResponse trigger(
            Caller caller,
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("sync_config_id") String id) {
        return TriggerResponse.of(id, service.trigger(caller, buckets.require(scope, bucketIdentifier), id));
    }
}
