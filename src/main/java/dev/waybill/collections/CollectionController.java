package dev.waybill.collections;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Collections", description = "What an extractor makes of a bucket or of another collection.")
class CollectionController {

    private static final String IDENTIFIER = "The collection's id (`col_...`) or its name.";
    private static final int DEFAULT_LIMIT = 20;

    private final CollectionService service;

    CollectionController(CollectionService service) {
        this.service = service;
    }

    @PostMapping("/v1/collections")
    @Operation(
            operationId = "createCollection",
            summary = "Create a collection",
            description = "A collection reads the objects of a bucket, or the documents of another collection, with one"
                    + " extractor. Batches of the bucket fill it: collections over the bucket are tier 0, those that"
                    + " read them tier 1, and so on. The extractor must be one that the namespace lists.")
    @ApiResponse(responseCode = "200", description = "The new collection.")
    @ApiResponse(responseCode = "409", description = "The namespace has a collection of that name.")
    CollectionResponse create(Caller caller, Scope scope, @RequestBody CreateCollectionRequest request) {
        return CollectionResponse.of(service.create(caller, scope, request.read()));
    }

    @PostMapping("/v1/collections/list")
    @Operation(
            operationId = "listCollections",
            summary = "List collections",
            description = "The namespace's collections, newest first unless `sort` says otherwise. The body may be"
                    + " missing.")
    @ApiResponse(responseCode = "200", description = "A page of collections.")
    ListCollectionsResponse list(
            Caller caller,
            Scope scope,
            ListParameters parameters,
            @Valid @RequestBody(required = false) @Nullable ListCollectionsRequest body) {
        ListQuery query = parameters.toQuery(body, CollectionService.FIELDS, DEFAULT_LIMIT);
        Page<DocumentCollection> page = service.list(caller, scope, query);
        Long total = page.total();
        return new ListCollectionsResponse(
                page.items().stream().map(CollectionResponse::of).toList(),
                PaginationResponse.of(page),
                total == null ? 0 : total);
    }

    @GetMapping("/v1/collections/{collection_identifier}")
    @Operation(operationId = "getCollection", summary = "Get a collection", description = "By its id or its name.")
    @ApiResponse(responseCode = "200", description = "The collection.")
    CollectionResponse get(
            Caller caller,
            Scope scope,
            @Parameter(description = IDENTIFIER, example = "chunks") @PathVariable("collection_identifier")
                    String identifier) {
        return CollectionResponse.of(service.get(caller, scope, identifier));
    }

    @DeleteMapping("/v1/collections/{collection_identifier}")
    @Operation(
            operationId = "deleteCollection",
            summary = "Delete a collection and its documents",
            description =
                    "The collection is gone for all requests at once and its name is free again; its documents and"
                            + " their bytes are removed by the task that the answer names. It is COMPLETED when nothing is"
                            + " left, about a minute later. One that other collections read cannot be deleted before them.")
    @ApiResponse(responseCode = "200", description = "The deletion is under way.")
    @ApiResponse(responseCode = "409", description = "Other collections read it.")
    CollectionDeletionResponse delete(
            Caller caller,
            Scope scope,
            @Parameter(description = IDENTIFIER, example = "chunks") @PathVariable("collection_identifier")
                    String identifier) {
        return service.delete(caller, scope, identifier);
    }
}
