package dev.waybill.batches;

import dev.waybill.auth.Permission;
import dev.waybill.auth.Requires;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.platform.web.FreeJson;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
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

    private final Buckets buckets;
    private final BatchDesk desk;

    BatchController(Buckets buckets, BatchDesk desk) {
        this.buckets = buckets;
        this.desk = desk;
    }

    @PostMapping(BATCHES)
    @Requires(Permission.WRITE)
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
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return BatchResponse.of(desk.create(bucket, request.objectIds(), skipValidation));
    }

    @PostMapping(BATCHES + "/{batch_id}/objects")
    @Requires(Permission.WRITE)
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
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return BatchResponse.of(desk.add(bucket, new BatchId(batchId), request.objectIds(), skipValidation));
    }

    @GetMapping(BATCHES + "/{batch_id}")
    @Requires(Permission.READ)
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
        return BatchResponse.of(desk.require(buckets.require(scope, bucketIdentifier), new BatchId(batchId)));
    }

    @PostMapping(BATCHES + "/list")
    @Requires(Permission.READ)
    @Operation(
            operationId = "listBatches",
            summary = "List batches",
            description = "The bucket's batches, newest first. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A part of the list.")
    ListBatchesResponse list(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @Valid @RequestBody(required = false) @Nullable ListBatchesRequest body) {
        ListBatchesRequest request = body == null ? ListBatchesRequest.EVERYTHING : body;
        BatchDesk.Listing listing = desk.list(
                buckets.require(scope, bucketIdentifier),
                request.status(),
                request.offsetOrDefault(),
                request.limitOrDefault());
        return new ListBatchesResponse(
                listing.batches().stream().map(BatchResponse::of).toList(), listing.total());
    }

    @PatchMapping(BATCHES + "/{batch_id}")
    @Requires(Permission.WRITE)
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
        FreeJson.check("metadata", request.metadata());
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return BatchResponse.of(desk.patch(bucket, new BatchId(batchId), request.metadata()));
    }

    @DeleteMapping(BATCHES + "/{batch_id}")
    @Requires(Permission.DELETE)
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
        desk.delete(buckets.require(scope, bucketIdentifier), new BatchId(batchId));
        return DeleteBatchResponse.DONE;
    }
}
