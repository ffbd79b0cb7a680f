package dev.waybill.collections;

import dev.waybill.auth.Caller;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.tenancy.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Documents", description = "What extractors read out of objects.")
class DocumentController {

    private static final int DEFAULT_LIMIT = 20;
    private static final int DEFAULT_LIMIT_OF_OBJECT = 100;

    private final CollectionService collections;
    private final DocumentService documents;
    private final Lineage lineage;

    DocumentController(CollectionService collections, DocumentService documents, Lineage lineage) {
        this.collections = collections;
        this.documents = documents;
        this.lineage = lineage;
    }

    @PostMapping("/v1/collections/{collection_identifier}/documents/list")
    @Operation(
            operationId = "listDocuments",
            summary = "List a collection's documents",
            description = "A page of documents, newest first unless `sort` says otherwise, with filters, search and a"
                    + " cursor. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of documents.")
    ListDocumentsResponse list(
            Caller caller,
            Scope scope,
            @Parameter(description = "The collection's id or its name.", example = "chunks")
                    @PathVariable("collection_identifier")
                    String identifier,
            ListParameters parameters,
            @Valid @RequestBody(required = false) @Nullable ListDocumentsRequest body) {
        DocumentCollection collection = collections.get(caller, scope, identifier);
        return ListDocumentsResponse.of(
                null, documents.list(collection, parameters.toQuery(body, ListDocumentsRequest.FIELDS, DEFAULT_LIMIT)));
    }

    @GetMapping("/v1/collections/{collection_identifier}/documents/{document_id}")
    @Operation(
            operationId = "getDocument",
            summary = "Get a document",
            description = "One document of a collection. One of another collection is not found.")
    @ApiResponse(responseCode = "200", description = "The document.")
    DocumentResponse get(
            Caller caller,
            Scope scope,
            @Parameter(description = "The collection's id or its name.", example = "chunks")
                    @PathVariable("collection_identifier")
                    String identifier,
            @PathVariable("document_id") String documentId) {
        DocumentCollection collection = collections.get(caller, scope, identifier);
        return documents
                .find(collection, new DocumentId(documentId))
                .map(DocumentResponse::of)
                .orElseThrow(() -> WaybillException.notFound("document", documentId));
    }

    @GetMapping("/v1/objects/{object_id}/documents")
    @Operation(
            operationId = "listDocumentsOfObject",
            summary = "List an object's documents",
            description = "Everything that was made of an object, in all collections or in some, and by the namespace's"
                    + " own extractors where the bucket has no collections.")
    @ApiResponse(responseCode = "200", description = "A page of documents.")
    ListDocumentsResponse ofObject(
            Caller caller,
            Scope scope,
            @PathVariable("object_id") String objectId,
            @Parameter(description = "Only documents of these collections; may be repeated.")
                    @RequestParam(name = "collection_ids", required = false)
                    @Nullable
                    List<String> collectionIds,
            ListParameters parameters) {
        BucketObject object = documents.object(caller, scope, new ObjectId(objectId));
        List<CollectionId> selected = collectionIds == null
                ? List.of()
                : collectionIds.stream().map(CollectionId::new).toList();
        var query = parameters.toQuery(Filter.ALL, DEFAULT_LIMIT_OF_OBJECT).withTotal();
        return ListDocumentsResponse.of(objectId, documents.list(caller, object, selected, query));
    }

    @GetMapping("/v1/objects/{object_id}/decomposition-tree")
    @Operation(
            operationId = "getDecompositionTree",
            summary = "See what became of an object",
            description = "The collections over the object's bucket as a tree, with the number of documents that each"
                    + " made of the object.")
    @ApiResponse(responseCode = "200", description = "The tree.")
    DecompositionResponse tree(
            Caller caller,
            Scope scope,
            @PathVariable("object_id") String objectId,
            @Parameter(description = "Adds the documents' ids, up to 1000 for each collection.")
                    @RequestParam(name = "include_document_ids", defaultValue = "false")
                    boolean includeDocumentIds) {
        return lineage.of(caller, documents.object(caller, scope, new ObjectId(objectId)), includeDocumentIds);
    }
}
