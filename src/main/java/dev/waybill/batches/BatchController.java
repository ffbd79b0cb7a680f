package dev.waybill.batches;

import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Batches", description = "Objects of a bucket that go through the tiers of extraction together.")
class BatchController {

    private static final String BATCHES = "/v1/buckets/{bucket_identifier}/batches";
    private static final int DEFAULT_LIMIT = 100;

    private final Buckets buckets;
    private final BatchService service;

    BatchController(Buckets buckets, BatchService service) {
        this.buckets = buckets;
        this.service = service;
    }

    @PostMapping(BATCHES)
    @Operation(
            operationId = "createBatch",
            summary = "Create a batch",
            description =
                    "A draft of objects of the bucket. Nothing is done with them until it is submitted. Unknown objects,"
                            + " and those of other buckets, are refused by name.")
    @ApiResponse(responseCode = "200", description = "The draft.")
    BatchResponse create(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @Parameter(description = "Takes the objects without looking whether they are there.")
                    @RequestParam(name = "skip_validation", defaultValue = "false")
                    boolean skipValidation,
            @Valid @RequestBody CreateBatchRequest request) {
        return service.create(buckets.require(scope, bucketIdentifier), request.objectIds(), skipValidation);
    }

    @PostMapping(BATCHES + "/{batch_id}/objects")
    @Operation(
            operationId = "addObjectsToBatch",
            summary = "Add objects to a batch",
            description = "As long as it is a draft. Those that stand there already count once.")
    @ApiResponse(responseCode = "200", description = "The draft as it is now.")
    @ApiResponse(responseCode = "409", description = "It was submitted already.")
    BatchResponse addObjects(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId,
            @Parameter(description = "Takes the objects without looking whether they are there.")
                    @RequestParam(name = "skip_validation", defaultValue = "false")
                    boolean skipValidation,
            @Valid @RequestBody AddObjectsRequest request) {
        return service.add(
                buckets.require(scope, bucketIdentifier), new BatchId(batchId), request.objectIds(), skipValidation);
    }

    @GetMapping(BATCHES + "/{batch_id}")
    @Operation(
            operationId = "getBatch",
            summary = "Get a batch",
            description =
                    "How far it is: `current_tier` of `total_tiers`, and each tier with its task, times, counts and errors.")
    @ApiResponse(responseCode = "200", description = "The batch.")
    BatchResponse get(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId) {
        return service.get(buckets.require(scope, bucketIdentifier), new BatchId(batchId));
    }

    @PostMapping(BATCHES + "/list")
    @Operation(
            operationId = "listBatches",
            summary = "List batches",
            description = "The bucket's batches, newest first. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A part of the list.")
    ListBatchesResponse list(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListBatchesRequest body) {
        ListQuery query = parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT);
        return service.list(buckets.require(scope, bucketIdentifier), body == null ? null : body.status(), query);
    }

    @PatchMapping(BATCHES + "/{batch_id}")
    @Operation(
            operationId = "patchBatch",
            summary = "Change a batch's metadata",
            description = "What is left out stays as it is.")
    @ApiResponse(responseCode = "200", description = "The batch as it is now.")
    BatchResponse patch(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId,
            @Valid @RequestBody PatchBatchRequest request) {
        return service.patch(buckets.require(scope, bucketIdentifier), new BatchId(batchId), request.read());
    }

    @DeleteMapping(BATCHES + "/{batch_id}")
    @Operation(
            operationId = "deleteBatch",
            summary = "Delete a batch",
            description = "The batch itself; the objects and the documents that were made of them stay.")
    @ApiResponse(responseCode = "200", description = "It is gone.")
    @ApiResponse(responseCode = "409", description = "It is at work; cancel it first.")
    DeleteBatchResponse delete(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId) {
        service.delete(buckets.require(scope, bucketIdentifier), new BatchId(batchId));
        return DeleteBatchResponse.DONE;
    }

    @PostMapping(BATCHES + "/{batch_id}/submit")
    @Operation(
            operationId = "submitBatch",
            summary = "Submit a batch",
            description =
                    "Finds the collections over the bucket, tier by tier, and sets to work; a bucket without collections is read"
                            + " by the namespace's own extractors, as one tier. Needs no body. Submitting twice answers the same task.")
    @ApiResponse(responseCode = "200", description = "The batch's task.")
    TaskResponse submit(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId,
            @RequestBody(required = false) @Nullable SubmitBatchRequest body) {
        return TaskResponse.of(service.submit(buckets.require(scope, bucketIdentifier), new BatchId(batchId)));
    }

    @PostMapping(BATCHES + "/{batch_id}/cancel")
    @Operation(
            operationId = "cancelBatch",
            summary = "Cancel a batch",
            description = "Stops between objects; what was made stays. Canceling what is over changes nothing.")
    @ApiResponse(responseCode = "200", description = "The batch's task.")
    @ApiResponse(responseCode = "409", description = "It was never submitted.")
    TaskResponse cancel(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId) {
        return TaskResponse.of(service.cancel(buckets.require(scope, bucketIdentifier), new BatchId(batchId)));
    }

    @PostMapping(BATCHES + "/{batch_id}/retry")
    @Operation(
            operationId = "retryBatch",
            summary = "Retry a batch",
            description =
                    "Runs failed objects again, and in the tiers above, what is read from them; also what a cancellation left"
                            + " undone. Documents are replaced, never doubled.")
    @ApiResponse(responseCode = "200", description = "What is run again.")
    @ApiResponse(responseCode = "409", description = "It is not over yet.")
    RetryBatchResponse retry(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId,
            @Valid @RequestBody(required = false) @Nullable RetryBatchRequest body) {
        RetryBatchRequest request = body == null ? RetryBatchRequest.DEFAULTS : body;
        return service.retry(buckets.require(scope, bucketIdentifier), new BatchId(batchId), request);
    }

    @GetMapping(BATCHES + "/{batch_id}/failed-documents")
    @Operation(
            operationId = "listFailedDocuments",
            summary = "List what failed",
            description = "Each object that failed, with the tier and the reasons.")
    @ApiResponse(responseCode = "200", description = "What failed.")
    FailedDocumentsResponse failedDocuments(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId,
            ListParameters parameters,
            @Parameter(hidden = true) @Valid @RequestBody(required = false) @Nullable ListFailedRequest body) {
        return service.failed(
                buckets.require(scope, bucketIdentifier),
                new BatchId(batchId),
                body == null ? ListFailedRequest.EVERYTHING : body,
                ListFailedRequest.inOrder(parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT)));
    }

    @GetMapping(BATCHES + "/{batch_id}/logs")
    @Operation(
            operationId = "getBatchLogs",
            summary = "See what happened to a batch",
            description = "When it was created, when its tiers began and ended, and what failed in them.")
    @ApiResponse(responseCode = "200", description = "What happened.")
    BatchLogsResponse logs(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("batch_id") String batchId,
            @Parameter(description = "Only of this tier, counted from 0.")
                    @RequestParam(name = "tier_num", required = false)
                    @Min(0)
                    @Nullable
                    Integer tierNum) {
        return service.logs(buckets.require(scope, bucketIdentifier), new BatchId(batchId), tierNum);
    }
}
