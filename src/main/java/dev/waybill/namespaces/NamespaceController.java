package dev.waybill.namespaces;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
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

@RestController
@Tag(name = "Namespaces", description = "Tenants inside an organization; buckets and all below them lie in one.")
class NamespaceController {

    private static final String NAME_TAKEN = """
            {"success": false, "status": 409, "error": {"message": "The organization has a namespace named \
            'production' already; choose another namespace_name.", \
            "type": "AlreadyExistsError", "details": {"code": "already_exists", "resource": "namespace", \
            "namespace_name": "production"}}}""";

    private static final int DEFAULT_LIMIT = 100;
    private final Namespaces namespaces;

    NamespaceController(Namespaces namespaces) {
        this.namespaces = namespaces;
    }

    @PostMapping("/v1/namespaces")
    @Operation(
            operationId = "createNamespace",
            summary = "Create a namespace",
            description = "Names at least one feature extractor; an unknown one is refused with the list of the known"
                    + " (400, code `unknown_extractor`). A name is taken once in an organization.")
    @ApiResponse(responseCode = "200", description = "The new namespace.")
    @ApiResponse(
            responseCode = "409",
            description = "The organization has a namespace of that name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    NamespaceResponse create(Caller caller, @RequestBody CreateNamespaceRequest request) {
        return namespaces.create(caller, request);
    }

    @PostMapping("/v1/namespaces/list")
    @Operation(
            operationId = "listNamespaces",
            summary = "List namespaces",
            description = "The organization's namespaces, newest first unless `sort` says otherwise; a key that is"
                    + " narrowed to namespaces sees only those. The body may be missing. `stats` cover every namespace"
                    + " that matches, not only this page.")
    @ApiResponse(responseCode = "200", description = "A page of namespaces.")
    ListNamespacesResponse list(
            Caller caller,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListNamespacesRequest body) {
        return namespaces.list(caller, parameters.toQuery(body, ListNamespacesRequest.FIELDS, DEFAULT_LIMIT));
    }

    @GetMapping("/v1/namespaces")
    @Operation(
            operationId = "getNamespaces",
            summary = "List namespaces by GET",
            description = "As `POST /v1/namespaces/list`, with the simple fields of its body as parameters.")
    @ApiResponse(responseCode = "200", description = "A page of namespaces.")
    ListNamespacesResponse listByGet(
            Caller caller,
            ListParameters parameters,
            @Parameter(hidden = true) @RequestBody(required = false) @Nullable ListNamespacesRequest body) {
        return list(caller, parameters, body);
    }

    @GetMapping("/v1/namespaces/{namespace_identifier}")
    @Operation(operationId = "getNamespace", summary = "Get a namespace", description = "By its id or its name.")
    @ApiResponse(responseCode = "200", description = "The namespace.")
    NamespaceResponse get(Caller caller, @PathVariable("namespace_identifier") String identifier) {
        return namespaces.get(caller, identifier);
    }

    @PutMapping("/v1/namespaces/{namespace_identifier}")
    @Operation(
            operationId = "updateNamespace",
            summary = "Update a namespace",
            description = "Sets the name and the payload indexes; what is left out stays as it is.")
    @ApiResponse(responseCode = "200", description = "The namespace as it is now.")
    @ApiResponse(
            responseCode = "409",
            description = "The organization has a namespace of the new name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    NamespaceResponse update(
            Caller caller,
            @PathVariable("namespace_identifier") String identifier,
            @RequestBody UpdateNamespaceRequest request) {
        return namespaces.change(caller, identifier, request.read());
    }

    @PatchMapping("/v1/namespaces/{namespace_identifier}")
    @Operation(
            operationId = "patchNamespace",
            summary = "Change parts of a namespace",
            description = "What is left out stays as it is; `description`, `payload_indexes` and `infrastructure` are"
                    + " removed by null.")
    @ApiResponse(responseCode = "200", description = "The namespace as it is now.")
    @ApiResponse(
            responseCode = "409",
            description = "The organization has a namespace of the new name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    NamespaceResponse patch(
            Caller caller,
            @PathVariable("namespace_identifier") String identifier,
            @RequestBody PatchNamespaceRequest request) {
        return namespaces.change(caller, identifier, request.read());
    }

    @DeleteMapping("/v1/namespaces/{namespace_identifier}")
    @Operation(
            operationId = "deleteNamespace",
            summary = "Delete a namespace and everything in it",
            description = "The namespace is gone for all requests at once and its name is free again; its buckets,"
                    + " objects, uploads and bytes are removed by the task that the answer names, each bucket by a task of"
                    + " its own. It is COMPLETED when nothing is left, about a minute later, as requests that began before"
                    + " may still bring something. A deletion cannot be called back: its task cannot be canceled, and does"
                    + " not give up.")
    @ApiResponse(responseCode = "200", description = "The deletion is under way.")
    NamespaceDeletionResponse delete(Caller caller, @PathVariable("namespace_identifier") String identifier) {
        return namespaces.delete(caller, identifier);
    }
}
