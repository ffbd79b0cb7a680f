package dev.waybill.objects;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.Requires;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.CreateObjectsBatchResponse.FailedObjectError;
import dev.waybill.objects.ObjectCreation.Result;
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
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Makes, changes and removes bucket objects. */
@RestController
@Tag(name = "Objects")
class ObjectWriteController {

    private final Buckets buckets;
    private final ObjectCreation creation;
    private final ObjectUpdates updates;
    private final ObjectProcessing processing;

    ObjectWriteController(
            Buckets buckets, ObjectCreation creation, ObjectUpdates updates, ObjectProcessing processing) {
        this.buckets = buckets;
        this.creation = creation;
        this.updates = updates;
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
    ResponseEntity<ObjectResponse> create(
            Scope scope,
            Caller caller,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
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
        Result.Made made = creation.create(caller, bucket, request, policy);
        Started started = autoProcess && made.fresh() ? process(bucket, List.of(made.object())) : null;
        return tagged(made.object(), ObjectResponse.of(made.object(), blob -> null, started));
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
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @Parameter(
                            description =
                                    "Whether the objects are processed at once, all that succeeded in one batch: the "
                                            + "answer has its `batch_id` and `task_id`. Duplicates that were skipped are not.",
                            example = "true")
                    @RequestParam(name = "auto_process", defaultValue = "false")
                    boolean autoProcess,
            @RequestBody @Valid CreateObjectsBatchRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        List<Result> results = creation.createAll(caller, bucket, body.objects());
        List<ObjectResponse> succeeded = new ArrayList<>();
        List<FailedObjectError> failed = new ArrayList<>();
        List<BucketObject> fresh = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            switch (results.get(i)) {
                case Result.Made made -> {
                    succeeded.add(answer(made.object()));
                    if (made.fresh()) {
                        fresh.add(made.object());
                    }
                }
                case Result.Failed failure ->
                    failed.add(new FailedObjectError(
                            i,
                            sentence(failure.why()),
                            ErrorStatus.of(failure.why().code().category()).type()));
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
    ResponseEntity<ObjectResponse> update(
            Scope scope,
            Caller caller,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @Parameter(description = "Id of the object.", example = "obj_0VXsK2aQ3nB8xYz1")
                    @PathVariable("object_identifier")
                    String objectIdentifier,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody UpdateObjectRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        BucketObject changed = updates.replace(caller, bucket, objectIdentifier, body, new IfMatch(ifMatch));
        return tagged(changed, answer(changed));
    }

    @PatchMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @Requires(Permission.WRITE)
    @Operation(summary = "Change an object a little", description = "Changes an object's prefix; all else stays.")
    ResponseEntity<ObjectResponse> patch(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @Parameter(description = "Id of the object.", example = "obj_0VXsK2aQ3nB8xYz1")
                    @PathVariable("object_identifier")
                    String objectIdentifier,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody PatchObjectRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        BucketObject changed = updates.patch(bucket, objectIdentifier, body, new IfMatch(ifMatch));
        return tagged(changed, answer(changed));
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
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @Parameter(description = "Id of the object.", example = "obj_0VXsK2aQ3nB8xYz1")
                    @PathVariable("object_identifier")
                    String objectIdentifier,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        updates.remove(buckets.require(scope, bucketIdentifier), objectIdentifier, new IfMatch(ifMatch));
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

    private static ResponseEntity<ObjectResponse> tagged(BucketObject object, ObjectResponse answer) {
        return ResponseEntity.ok().eTag(IfMatch.etag(object.version())).body(answer);
    }

    private static ObjectResponse answer(BucketObject object) {
        return ObjectResponse.of(object, blob -> null);
    }
}
