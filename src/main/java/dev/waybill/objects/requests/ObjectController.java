package dev.waybill.objects.requests;

import dev.waybill.auth.Caller;
import dev.waybill.blobs.Blob;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.Buckets;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectFields;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.ObjectProcessing;
import dev.waybill.objects.ObjectProcessing.Started;
import dev.waybill.objects.ObjectUpdates;
import dev.waybill.objects.Objects;
import dev.waybill.objects.requests.CreateObjectsBatchResponse.FailedObjectError;
import dev.waybill.objects.requests.ObjectCreation.Result;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.platform.web.ErrorStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP API of bucket objects. */
@RestController
@Tag(name = "Objects", description = "What confirmed uploads become: blobs and metadata under one id.")
class ObjectController {

    private static final int DEFAULT_LIMIT = 20;
    private static final String NO_STORE = "no-store";

    private final Objects objects;
    private final Buckets buckets;
    private final ObjectCreation creation;
    private final ObjectEditing editing;
    private final ObjectUpdates updates;
    private final ObjectProcessing processing;
    private final UrlSigner signer;
    private final ObjectProperties properties;
    private final JsonMapper json;

    ObjectController(
            Objects objects,
            Buckets buckets,
            ObjectCreation creation,
            ObjectEditing editing,
            ObjectUpdates updates,
            ObjectProcessing processing,
            UrlSigner signer,
            ObjectProperties properties,
            JsonMapper json) {
        this.objects = objects;
        this.buckets = buckets;
        this.creation = creation;
        this.editing = editing;
        this.updates = updates;
        this.processing = processing;
        this.signer = signer;
        this.properties = properties;
        this.json = json;
    }

    @GetMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @Operation(
            operationId = "getObject",
            summary = "Get an object",
            description = "One object of a bucket. An object of another bucket is not found. With "
                    + "`return_presigned_urls=true` every blob whose bytes lie in storage carries a `presigned_url` "
                    + "that downloads them under their file name.")
    ObjectResponse get(
            Scope scope,
            HttpServletResponse response,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("object_identifier") String objectIdentifier,
            @Parameter(description = "Adds a download URL to each blob in storage.")
                    @RequestParam(name = "return_presigned_urls", defaultValue = "false")
                    boolean returnPresignedUrls,
            @Parameter(description = "The same by another name.")
                    @RequestParam(name = "return_url", defaultValue = "false")
                    boolean returnUrl) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        BucketObject found = objects.find(scope, new ObjectId(objectIdentifier))
                .filter(object -> object.bucket().equals(bucket.id()))
                .orElseThrow(() -> WaybillException.notFound("object", objectIdentifier));
        // Not by ResponseEntity, which would evaluate If-None-Match: status and URLs change within a version.
        response.setHeader(HttpHeaders.ETAG, IfMatch.etag(found.version()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return answer(found, returnPresignedUrls || returnUrl);
    }

    @PostMapping("/v1/buckets/{bucket_identifier}/objects/list")
    @Operation(
            operationId = "listObjects",
            summary = "List objects",
            description = "Objects of a bucket, newest first, with filters, sort, search, selection of fields and "
                    + "pages. The body may be left out. `next_cursor` continues where a page ended, and stays right "
                    + "while objects are added.")
    ListObjectsResponse list(
            Scope scope,
            HttpServletResponse response,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            ListParameters paging,
            @RequestBody(required = false) @Valid @Nullable ListObjectsRequest body) {
        ListObjectsRequest request = body == null ? ListObjectsRequest.EMPTY : body;
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        Fields fields = ObjectFields.of(bucket.schema());
        ListQuery query = paging.toQuery(request, fields, DEFAULT_LIMIT);
        Page<BucketObject> page = objects.list(scope, bucket.id(), query, fields);
        response.setHeader(HttpHeaders.CACHE_CONTROL, NO_STORE);
        return new ListObjectsResponse(
                selected(page, Boolean.TRUE.equals(request.returnPresignedUrls()), request.select(), bucket.schema()),
                PaginationResponse.of(page),
                isFirst(query) || query.includeTotal() ? stats(scope, bucket, query, fields) : null);
    }

    @PostMapping("/v1/buckets/{bucket_identifier}/objects")
    @Operation(
            operationId = "createObject",
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
    @Operation(
            operationId = "createObjects",
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
                    succeeded.add(answer(made.object(), false));
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
    @Operation(
            operationId = "updateObject",
            summary = "Update an object",
            description =
                    "Replaces an object's prefix, or all its blobs; metadata is merged into what is there, key by "
                            + "key. What is left out stays. Bytes that no object has any more are removed.")
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
        BucketObject changed = editing.replace(caller, bucket, objectIdentifier, body, new IfMatch(ifMatch));
        return tagged(changed, answer(changed, false));
    }

    @PatchMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @Operation(
            operationId = "patchObject",
            summary = "Change an object a little",
            description =
                    "Changes an object's prefix, merges metadata into what is there, key by key, and gives it blobs in "
                            + "place of those of the same properties; all else stays.")
    ResponseEntity<ObjectResponse> patch(
            Scope scope,
            Caller caller,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @Parameter(description = "Id of the object.", example = "obj_0VXsK2aQ3nB8xYz1")
                    @PathVariable("object_identifier")
                    String objectIdentifier,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody PatchObjectRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        BucketObject changed = editing.patch(caller, bucket, objectIdentifier, body, new IfMatch(ifMatch));
        return tagged(changed, answer(changed, false));
    }

    @DeleteMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteObject",
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
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        updates.remove(bucket, new ObjectId(objectIdentifier), new IfMatch(ifMatch)::require);
    }

    /** The cost of counting grows with the matches, so only the first page is counted by default. */
    private static boolean isFirst(ListQuery query) {
        return query.cursor() == null && query.offset() == 0;
    }

    private ListObjectsResponse.ObjectListStats stats(Scope scope, Bucket bucket, ListQuery query, Fields fields) {
        return ListObjectsResponse.ObjectListStats.of(objects.count(scope, bucket.id(), query, fields));
    }

    private List<JsonNode> selected(
            Page<BucketObject> page, boolean urls, @Nullable List<String> select, BucketSchema schema) {
        List<JsonNode> answers = page.items().stream()
                .<JsonNode>map(object -> json.valueToTree(answer(object, urls)))
                .toList();
        if (select != null && !select.isEmpty()) {
            FieldSelection fieldSelection = FieldSelection.of(select.stream()
                    .map(path -> ObjectFields.onTheWire(path, schema))
                    .toList());
            answers.forEach(fieldSelection::applyTo);
        }
        return answers;
    }

    private ObjectResponse answer(BucketObject object, boolean urls) {
        return ObjectResponse.of(object, blob -> urls ? download(blob) : null);
    }

    private @Nullable String download(Blob blob) {
        ObjectKey key = blob.key();
        if (key == null) {
            return null;
        }
        String filename = blob.filename();
        return signer.get(key, properties.downloadUrlLifetime(), filename == null ? key.filename() : filename)
                .url();
    }

    private Started process(Bucket bucket, List<BucketObject> objects) {
        return processing.process(
                bucket.scope(),
                bucket.id(),
                objects.stream().map(BucketObject::id).distinct().toList());
    }

    /** All violations of one object, in one line. */
    private static String sentence(WaybillException failure) {
        if (!(failure instanceof InvalidRequest invalid)) {
            return failure.explained();
        }
        // Without the first three elements of the path, which lead to the object itself: body, objects, and its index.
        return invalid.violations().stream().map(one -> one.sentence(3)).collect(Collectors.joining("; "));
    }

    private static ResponseEntity<ObjectResponse> tagged(BucketObject object, ObjectResponse answer) {
        return ResponseEntity.ok().eTag(IfMatch.etag(object.version())).body(answer);
    }
}
