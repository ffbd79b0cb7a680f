package dev.waybill.buckets;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.tenancy.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** HTTP API of buckets. */
@RestController
@Tag(name = "Buckets", description = "A schema and a name; objects and uploads lie in one.")
class BucketController {

    private static final String NAME_TAKEN = """
            {"success": false, "status": 409, "error": {"message": "The namespace has a bucket named \
            'product-catalog' already; choose another bucket_name.", \
            "type": "AlreadyExistsError", "details": {"code": "already_exists", "resource": "bucket", \
            "bucket_name": "product-catalog"}}}""";

    private final BucketService service;

    BucketController(BucketService service) {
        this.service = service;
    }

    @PostMapping("/v1/buckets")
    @Operation(
            operationId = "createBucket",
            summary = "Create a bucket",
            description = "The schema maps property names to fields; files go into properties of a file type (text,"
                    + " image, audio, video, pdf, excel, json, binary, document). It cannot be changed later. A name is"
                    + " taken once in a namespace.")
    @ApiResponse(responseCode = "200", description = "The new bucket.")
    @ApiResponse(
            responseCode = "409",
            description = "The namespace has a bucket of that name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    BucketResponse create(Caller caller, Scope scope, @RequestBody BucketCreateRequest request) {
        return BucketResponse.of(service.create(caller, scope, request));
    }

    @PostMapping("/v1/buckets/list")
    @Operation(
            operationId = "listBuckets",
            summary = "List buckets",
            description = "The namespace's buckets, newest first unless `sort` says otherwise; a key that is narrowed"
                    + " to buckets sees only those. The body may be missing. `limit` and `offset` may stand in the body"
                    + " or in the query string, which wins. `stats` cover every bucket that matches, not only this"
                    + " page.")
    @ApiResponse(responseCode = "200", description = "A page of buckets.")
    ListBucketsResponse list(
            Caller caller,
            Scope scope,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListBucketsRequest body) {
        ListQuery query = parameters.toQuery(body, ListBucketsRequest.FIELDS, ListBucketsRequest.DEFAULT_LIMIT);
        return service.list(caller, scope, query);
    }

    @GetMapping("/v1/buckets/{bucket_identifier}")
    @Operation(
            operationId = "getBucket",
            summary = "Get a bucket",
            description = "By its id or its name. Its counters are computed from its objects, within 5 s of quiet.")
    @ApiResponse(responseCode = "200", description = "The bucket.")
    BucketResponse get(Caller caller, Scope scope, @PathVariable("bucket_identifier") String identifier) {
        return BucketResponse.of(service.get(caller, scope, identifier));
    }

    @PutMapping("/v1/buckets/{bucket_identifier}")
    @Operation(
            operationId = "updateBucket",
            summary = "Update a bucket",
            description = "Sets the name, the description and the metadata; what is left out stays as it is. The"
                    + " schema stays.")
    @ApiResponse(responseCode = "200", description = "The bucket as it is now.")
    @ApiResponse(
            responseCode = "409",
            description = "The namespace has a bucket of the new name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    BucketResponse update(
            Caller caller,
            Scope scope,
            @PathVariable("bucket_identifier") String identifier,
            @RequestBody BucketUpdateRequest request) {
        return BucketResponse.of(service.change(caller, scope, identifier, request.read()));
    }

    @PatchMapping("/v1/buckets/{bucket_identifier}")
    @Operation(
            operationId = "patchBucket",
            summary = "Change parts of a bucket",
            description = "What is left out stays as it is; `description` and `metadata` are removed by null. Metadata"
                    + " takes the place of the old one as a whole.")
    @ApiResponse(responseCode = "200", description = "The bucket as it is now.")
    @ApiResponse(
            responseCode = "409",
            description = "The namespace has a bucket of the new name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    BucketResponse patch(
            Caller caller,
            Scope scope,
            @PathVariable("bucket_identifier") String identifier,
            @RequestBody BucketPatchRequest request) {
        return BucketResponse.of(service.change(caller, scope, identifier, request.read()));
    }

    @DeleteMapping("/v1/buckets/{bucket_identifier}")
    @Operation(
            operationId = "deleteBucket",
            summary = "Delete a bucket and everything in it",
            description = "The bucket is gone for all requests at once and its name is free again; its objects, uploads"
                    + " and bytes are removed by the task that the answer names. It is COMPLETED when nothing is left, about"
                    + " a minute later, as requests that began before may still bring something. A deletion cannot be"
                    + " called back: its task cannot be canceled, and does not give up. Webhooks hear of it at the end by"
                    + " one `bucket.deleted` with the number of objects, and not by an `object.deleted` for each.")
    @ApiResponse(responseCode = "200", description = "The deletion is under way.")
    BucketDeletionResponse delete(Caller caller, Scope scope, @PathVariable("bucket_identifier") String identifier) {
        return service.delete(caller, scope, identifier);
    }
}
