package dev.waybill.objects;

import dev.waybill.auth.Permission;
import dev.waybill.auth.Requires;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketIdentifier;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.UrlSigner;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.platform.web.ListParameters;
import dev.waybill.platform.web.PaginationResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads bucket objects. */
@RestController
@Tag(name = "Objects", description = "What confirmed uploads become: blobs and metadata under one id.")
class ObjectController {

    private static final int DEFAULT_LIMIT = 20;
    private static final String NOT_KEPT = "no-store";

    private final Objects objects;
    private final Buckets buckets;
    private final UrlSigner signer;
    private final ObjectProperties properties;
    private final JsonMapper json;

    ObjectController(Objects objects, Buckets buckets, UrlSigner signer, ObjectProperties properties, JsonMapper json) {
        this.objects = objects;
        this.buckets = buckets;
        this.signer = signer;
        this.properties = properties;
        this.json = json;
    }

    @GetMapping("/v1/buckets/{bucket_identifier}/objects/{object_identifier}")
    @Requires(Permission.READ)
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
                    boolean returnPresignedUrls) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        BucketObject found = objects.find(scope, new ObjectId(objectIdentifier))
                .filter(object -> object.bucket().equals(bucket.id()))
                .orElseThrow(() -> WaybillException.notFound("object", objectIdentifier));
        // Not through ResponseEntity, which would answer If-None-Match: status and URLs change within a version.
        response.setHeader(HttpHeaders.ETAG, IfMatch.etag(found.version()));
        response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
        return answer(found, returnPresignedUrls);
    }

    @PostMapping("/v1/buckets/{bucket_identifier}/objects/list")
    @Requires(Permission.READ)
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
            @Parameter(description = "Adds a download URL to each blob in storage.")
                    @RequestParam(name = "return_presigned_urls", required = false)
                    @Nullable
                    Boolean returnPresignedUrls,
            @RequestBody(required = false) @Valid @Nullable ListObjectsRequest body) {
        ListObjectsRequest request = body == null ? ListObjectsRequest.EMPTY : body;
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        Fields fields = ObjectFields.of(bucket.schema());
        ListQuery query = paging.toQuery(request, fields, DEFAULT_LIMIT);
        Page<BucketObject> page = objects.list(scope, bucket.id(), query, fields);
        response.setHeader(HttpHeaders.CACHE_CONTROL, NOT_KEPT);
        boolean urls =
                Boolean.TRUE.equals(returnPresignedUrls == null ? request.returnPresignedUrls() : returnPresignedUrls);
        return new ListObjectsResponse(
                selected(page, urls, request.select(), bucket.schema()),
                PaginationResponse.of(page),
                isFirst(query) || query.includeTotal() ? stats(scope, bucket, query, fields) : null);
    }

    @PostMapping("/v1/buckets/{bucket_identifier}/objects/aggregate")
    @Requires(Permission.READ)
    @Operation(
            summary = "Aggregate objects",
            description = "Groups the objects of a bucket and computes over each group. Fields are those of the list's "
                    + "filters. Dates are cut in UTC; those in metadata may be ISO 8601 texts. At most 10 000 groups; more "
                    + "are refused, as is what takes too long.")
    ObjectAggregationResponse aggregate(
            Scope scope,
            @BucketIdentifier @PathVariable("bucket_identifier") String bucketIdentifier,
            @RequestBody @Valid ObjectAggregationRequest body) {
        Bucket bucket = buckets.require(scope, bucketIdentifier);
        Fields fields = ObjectFields.of(bucket.schema());
        ObjectAggregation wanted = AggregationReader.read(body, fields);
        List<ObjectAggregationResponse.AggregationResult> groups = objects.groups(scope, bucket.id(), wanted, fields);
        return new ObjectAggregationResponse(
                groups.subList(0, Math.min(groups.size(), wanted.limit())), groups.size(), info(body, wanted));
    }

    private static Map<String, Object> info(ObjectAggregationRequest body, ObjectAggregation wanted) {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("sort_by", body.sortBy() == null ? wanted.metrics().getFirst().alias() : body.sortBy());
        info.put("sort_direction", wanted.ascending() ? "asc" : "desc");
        info.put("limit", wanted.limit());
        return info;
    }

    /** Counting costs as much as there are matches, so those who go from page to page do not pay for it every time. */
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
            Selection selection = Selection.of(select.stream()
                    .map(path -> ObjectFields.onTheWire(path, schema))
                    .toList());
            answers.forEach(selection::applyTo);
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
}
