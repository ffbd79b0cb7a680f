package dev.waybill.uploads;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Grants;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskResponse;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Uploads", description = "Ask for an upload, PUT the bytes to its URL, confirm it.")
class UploadController {

    private static final String UPLOADS = "/v1/buckets/{bucket_identifier}/uploads";
    private static final int DEFAULT_LIMIT = 20;

    private final Buckets buckets;
    private final Uploads uploads;
    private final ConfirmService confirmService;
    private final FreshUrls freshUrls;
    private final Tasks tasks;

    UploadController(
            Buckets buckets, Uploads uploads, ConfirmService confirmService, FreshUrls freshUrls, Tasks tasks) {
        this.buckets = buckets;
        this.uploads = uploads;
        this.confirmService = confirmService;
        this.freshUrls = freshUrls;
        this.tasks = tasks;
    }

    @PostMapping(UPLOADS)
    @Operation(
            operationId = "createUpload",
            summary = "Ask for an upload",
            description = "Checks everything that can be checked before bytes flow, and answers a presigned URL to PUT"
                    + " them to, with the headers that the PUT needs. With a file_hash that the bucket knows, the upload"
                    + " that brought those bytes is answered instead, without a URL.")
    UploadResponse create(
            Caller caller,
            Scope scope,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @Valid @RequestBody CreateUploadRequest request) {
        return uploads.create(caller, buckets.require(scope, bucketIdentifier), request);
    }

    @PostMapping(UPLOADS + "/batch")
    @Operation(
            operationId = "createUploads",
            summary = "Ask for many uploads",
            description =
                    "1 to 100 uploads by one call: when one of them is refused, none is made. Shared metadata lies"
                            + " under each one's own.")
    BatchUploadResponse createBatch(
            Caller caller,
            Scope scope,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @Valid @RequestBody BatchUploadRequest request) {
        return uploads.createAll(caller, buckets.require(scope, bucketIdentifier), request.merged());
    }

    @PostMapping(UPLOADS + "/list")
    @Operation(
            operationId = "listUploads",
            summary = "List uploads",
            description =
                    "A page of the bucket's uploads, newest first unless sorted otherwise, with sums over everything"
                            + " that the filters match. Page on with the cursor: it stays stable while uploads are added."
                            + " URLs to PUT to are only for keys that may write there.")
    ListUploadsResponse list(
            Scope scope,
            Grants grants,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            ListParameters parameters,
            @Valid @RequestBody(required = false) @Nullable ListUploadsRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        ListQuery query = parameters.toQuery(body, ListUploadsRequest.FIELDS, DEFAULT_LIMIT);
        boolean withUrls = body != null && Boolean.TRUE.equals(body.returnPresignedUrls());
        return uploads.list(bucket, query, withUrls ? grants : null);
    }

    @GetMapping(UPLOADS + "/{upload_id}")
    @Operation(
            operationId = "getUpload",
            summary = "Get an upload",
            description =
                    "The upload as it is now. With return_presigned_urls, a pending one comes with its URL to PUT to,"
                            + " signed anew for the time that is left, if the key may write there, and a completed one with a URL to GET"
                            + " its bytes.")
    UploadResponse get(
            Scope scope,
            Grants grants,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("upload_id") String uploadId,
            @Parameter(description = "Whether to sign a URL.")
                    @RequestParam(name = "return_presigned_urls", defaultValue = "false")
                    boolean returnPresignedUrls,
            @Parameter(description = "The same by another name.")
                    @RequestParam(name = "return_url", defaultValue = "false")
                    boolean returnUrl) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return uploads.get(bucket, new UploadId(uploadId), returnPresignedUrls || returnUrl ? grants : null);
    }

    @PostMapping(UPLOADS + "/{upload_id}/url")
    @Operation(
            operationId = "renewUploadUrl",
            summary = "Get a fresh URL",
            description = "Gives a pending upload more time and a fresh URL to PUT its bytes to, also when the last one"
                    + " has expired, until 5 minutes before its grace ends; from creation on an upload lives for 7 days at"
                    + " most. It works until expires_at, which never moves back: one that is asked for less time than is"
                    + " left works for what is left. Earlier URLs work on until they expire. An upload that is not PENDING"
                    + " is 409 with its status; one that is too old is 400.")
    UploadResponse renewUrl(
            Scope scope,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("upload_id") String uploadId,
            @Valid @RequestBody(required = false) @Nullable FreshUrlRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return freshUrls.renew(bucket, new UploadId(uploadId), body == null ? null : body.presignedUrlExpiration());
    }

    @DeleteMapping(UPLOADS + "/{upload_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "deleteUpload",
            summary = "Cancel an upload",
            description = "Cancels a pending upload and removes its bytes. A completed one cannot be canceled: 400.")
    void delete(
            Scope scope,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("upload_id") String uploadId,
            @Parameter(description = "Whether bytes that were put already are removed.")
                    @RequestParam(name = "delete_s3_object", defaultValue = "true")
                    boolean deleteBytes) {
        uploads.cancel(buckets.require(scope, bucketIdentifier), new UploadId(uploadId), deleteBytes);
    }

    @PostMapping(UPLOADS + "/{upload_id}/confirm")
    @Operation(
            operationId = "confirmUpload",
            summary = "Confirm an upload",
            description =
                    "Verifies what really lies in storage (size, ETag, true type, hash) and makes the bucket object."
                            + " Safe to repeat: however often it is called, the object is one. Files of 100 MB and more, and any"
                            + " with async=true, are confirmed by a task: the answer is PROCESSING with its task_id. While storage"
                            + " is away the answer is 503 and the upload stays PENDING.")
    ConfirmUploadResponse confirm(
            Scope scope,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @PathVariable("upload_id") String uploadId,
            @Parameter(description = "Whether a task does it.") @RequestParam(name = "async", defaultValue = "false")
                    boolean async,
            @Valid @RequestBody(required = false) @Nullable ConfirmUploadRequest body) {
        ConfirmUploadRequest request = body == null ? ConfirmUploadRequest.EMPTY : body;
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        return confirmService.confirm(
                bucket, new UploadId(uploadId), request.expectations(), async, request.submitsBatch());
    }

    @PostMapping(UPLOADS + "/confirm/batch")
    @Operation(
            operationId = "confirmUploads",
            summary = "Confirm many uploads",
            description =
                    "1 to 100 uploads, confirmed in the background by one task. Its outputs list each upload's result"
                            + " in the request's order; unknown and repeated ids are errors of their own line only.")
    BatchConfirmResponse confirmBatch(
            Scope scope,
            @PathVariable("bucket_identifier") String bucketIdentifier,
            @Valid @RequestBody BatchConfirmRequest request) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        List<BatchConfirmRequest.Item> items = request.confirmations();
        Task task = tasks.submit(new NewTask(
                null,
                scope.organization(),
                scope.namespace(),
                TaskType.API_BUCKETS_UPLOADS_BATCH_CONFIRM,
                BatchConfirmTask.NAME,
                Map.of(
                        "bucket_id",
                        bucket.id().value(),
                        "confirmations",
                        payload(items),
                        "auto_submit_batch",
                        request.submitsBatch()),
                List.copyOf(
                        items.stream().map(BatchConfirmRequest.Item::uploadId).toList()),
                Map.of("bucket_id", bucket.id().value(), "confirmations_count", items.size())));
        return new BatchConfirmResponse(
                task.id().value(),
                task.status(),
                items.size(),
                TaskResponse.of(task),
                "Batch confirmation is being processed in the background.");
    }

    private static List<Object> payload(List<BatchConfirmRequest.Item> items) {
        List<Object> payload = new ArrayList<>();
        for (BatchConfirmRequest.Item item : items) {
            Map<String, Object> line = new HashMap<>();
            line.put("upload_id", item.uploadId());
            if (item.etag() != null) {
                line.put("etag", item.etag());
            }
            if (item.fileSizeBytes() != null) {
                line.put("file_size_bytes", item.fileSizeBytes());
            }
            payload.add(line);
        }
        return payload;
    }
}
