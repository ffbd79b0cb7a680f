package dev.waybill.objects;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Requires;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.CreateObjectsBatchResponse.FailedObjectError;
import dev.waybill.objects.ObjectProcessing.Started;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.platform.web.ErrorStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes, changes and removes bucket objects. */
@RestController
@Tag(name = "Objects")
class ObjectWriteController {

    private final Buckets buckets;
    private final ObjectMaker maker;
    private final ObjectBatchMaker batches;
    private final ObjectChanges changes;
    private final ObjectProcessing processing;

    ObjectWriteController(
            Buckets buckets,
            ObjectMaker maker,
            ObjectBatchMaker batches,
            ObjectChanges changes,
            ObjectProcessing processing) {
        this.buckets = buckets;
        this.maker = maker;
        this.batches = batches;
        this.changes = changes;
        this.processing = processing;
    }

    @PostMapping("/v1/buckets/{bucket_identifier}/objects")
    @Requires(Permission.WRITE)
    @Operation(
            summary = "Create an object",
            description =
                    "Makes an object of blobs: given in the request, fetched from URLs, or uploaded before. URLs are "
                            + "fetched into managed storage, within limits of time, size and redirects, and only from the public "
                            + "internet; the type is detected from the bytes and must fit the property. If one blob cannot be had, "
                            + "the error names it and nothing is left. Large content lies in storage, small content with the "
                            + "object. The bucket's schema says which properties there are and which are required; values that "
                            + "describe metadata, given as blobs, are put into `metadata` as well. In a bucket with a "
                            + "`unique_key`, `policy` says what a second object of the same key does.")
    ObjectResponse create(
            Scope scope,
            Caller caller,
            @Parameter(description = "Id or name of the bucket.", example = "product-catalog")
                    @PathVariable("bucket_identifier")
                    String bucketIdentifier,
            @Parameter(
                            description =
                                    "`insert` refuses a second object of the same unique key (409); `update` changes "
                                            + "the first one, and answers 404 when there is none; `upsert` does either. A change "
                                            + "replaces blobs property by property and metadata key by key. Left out, the bucket's "
                                            + "own policy holds.",
                            example = "upsert")
                    @RequestParam(name = "policy", required = false)
                    @Nullable
                    String policy,
            @Parameter(
                            description =
                                    "Whether the object is processed at once: a batch of it is made and submitted, "
                                            + "and the answer has its `batch_id` and `task_id`. A duplicate that was skipped is not.",
                            example = "true")
                    @RequestParam(name = "auto_process", defaultValue = "false")
                    boolean autoProcess,
            @RequestBody(required = false) @Nullable CreateObjectRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        CreateObjectRequest request = body == null ? CreateObjectRequest.EMPTY : body;
        ObjectMaker.Made made = maker.create(caller, bucket, request, policy, List.of("body"));
        Started started = autoProcess && made.fresh() ? process(bucket, List.of(made.object())) : null;
        return ObjectResponse.of(made.object(), blob -> null, started);
    }

    @PostMapping("/v1/buckets/{bucket_identifier}/objects/batch")
    @Requires(Permission.WRITE)
    @Operation(
            summary = "Create objects",
            description =
                    "Makes up to 100 objects, side by side. Each succeeds or fails by itself: the answer is 200 and "
                            + "tells both. The bucket's own policy holds for its unique key.")
    CreateObjectsBatchResponse createBatch(
            Scope scope,
            Caller caller,
            @Parameter(description = "Id or name of the bucket.", example = "product-catalog")
                    @PathVariable("bucket_identifier")
                    String bucketIdentifier,
            @Parameter(
                            description =
                                    "Whether the objects are processed at once, all that succeeded in one batch: the "
                                            + "answer has its `batch_id` and `task_id`. Duplicates that were skipped are not.",
                            example = "true")
                    @RequestParam(name = "auto_process", defaultValue = "false")
                    boolean autoProcess,
            @RequestBody @Valid CreateObjectsBatchRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        List<ObjectBatchMaker.Result> results = batches.create(caller, bucket, body.objects());
        List<ObjectResponse> succeeded = new ArrayList<>();
        List<FailedObjectError> failed = new ArrayList<>();
        List<BucketObject> fresh = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            ObjectMaker.Made made = results.get(i).made();
            WaybillException failure = results.get(i).failure();
            if (made != null) {
                succeeded.add(answer(made.object()));
                if (made.fresh()) {
                    fresh.add(made.object());
                }
            } else if (failure != null) {
                failed.add(new FailedObjectError(
                        i,
                        sentence(failure),
                        ErrorStatus.of(failure.code().category()).type()));
            }
        }
        Started started = autoProcess && !fresh.isEmpty() ? process(bucket, fresh) : null;
        return new CreateObjectsBatchResponse(
                succeeded,
                failed,
                results.size(),
                succeeded.size(),
                failed.size(),
                started == null ? null : started.batchId(),
                started == null ? null : started.taskId());
    }

    @PutMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @Requires(Permission.WRITE)
    @Operation(
            summary = "Update an object",
            description =
                    "Replaces an object's prefix, blobs or metadata, each as a whole; what is left out stays. Bytes "
                            + "that no object has any more are removed.")
    ObjectResponse update(
            Scope scope,
            Caller caller,
            @Parameter(description = "Id or name of the bucket.", example = "product-catalog")
                    @PathVariable("bucket_identifier")
                    String bucketIdentifier,
            @Parameter(description = "Id of the object.", example = "obj_0VXsK2aQ3nB8xYz1")
                    @PathVariable("object_identifier")
                    String objectIdentifier,
            @RequestBody UpdateObjectRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return answer(changes.replace(caller, bucket, objectIdentifier, body));
    }

    @PatchMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @Requires(Permission.WRITE)
    @Operation(summary = "Change an object a little", description = "Changes an object's prefix; all else stays.")
    ObjectResponse patch(
            Scope scope,
            @Parameter(description = "Id or name of the bucket.", example = "product-catalog")
                    @PathVariable("bucket_identifier")
                    String bucketIdentifier,
            @Parameter(description = "Id of the object.", example = "obj_0VXsK2aQ3nB8xYz1")
                    @PathVariable("object_identifier")
                    String objectIdentifier,
            @RequestBody PatchObjectRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return answer(changes.patch(bucket, objectIdentifier, body));
    }

    @DeleteMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @Requires(Permission.DELETE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Delete an object",
            description =
                    "Removes an object and its bytes, unless another object has the same bytes, or an upload that "
                            + "made no object of its own.")
    @ApiResponse(responseCode = "204", description = "It is gone.")
    void delete(
            Scope scope,
            @Parameter(description = "Id or name of the bucket.", example = "product-catalog")
                    @PathVariable("bucket_identifier")
                    String bucketIdentifier,
            @Parameter(description = "Id of the object.", example = "obj_0VXsK2aQ3nB8xYz1")
                    @PathVariable("object_identifier")
                    String objectIdentifier) {
        changes.remove(buckets.require(scope, bucketIdentifier), objectIdentifier);
    }

    private Started process(Bucket bucket, List<BucketObject> objects) {
        return processing.process(
                bucket.scope(),
                bucket.id(),
                objects.stream().map(BucketObject::id).distinct().toList());
    }

    /** Everything that is wrong with one object, in one line. */
    private static String sentence(WaybillException failure) {
        if (!(failure instanceof InvalidRequest invalid)) {
            return failure.getMessage();
        }
        return invalid.violations().stream()
                .map(ObjectWriteController::sentence)
                .collect(Collectors.joining("; "));
    }

    /** Without the first three steps, which lead to the object itself: body, objects, and its index. */
    private static String sentence(Violation violation) {
        String where =
                violation.location().stream().skip(3).map(String::valueOf).collect(Collectors.joining("."));
        return where.isEmpty() ? violation.message() : where + ": " + violation.message();
    }

    private static ObjectResponse answer(BucketObject object) {
        return ObjectResponse.of(object, blob -> null);
    }
}
