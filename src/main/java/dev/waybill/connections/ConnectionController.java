package dev.waybill.connections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.Filter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP API for connections. Each path has a shorter alias, which the OpenAPI document leaves out. */
@RestController
@Tag(
        name = "Connections",
        description =
                "Storage elsewhere that files are synced from. Connections belong to the organization; keys may be"
                        + " narrowed to some by scopes of the type `storage_connection`.")
class ConnectionController {

    private static final String ALL = "/v1/organizations/connections";
    private static final String ALL_SHORT = "/v1/connections";
    private static final String ONE = "/{connection_identifier}";
    private static final String IDENTIFIER = "The connection's id (`conn_...`) or its name.";
    private static final int DEFAULT_LIMIT = 20;

    private static final String DOES_NOT_WORK = """
            {"success": false, "status": 400, "error": {"message": "The connection was tested and does not work: There is \
            no bucket 'raw-footage'; correct its name. Nothing was saved; test_before_save: false saves it without a \
            test.", "type": "BadRequestError", "details": {"code": "connection_failed", "diagnosis": "BUCKET_NOT_FOUND", \
            "provider": "s3"}}}""";

    private static final String NAME_TAKEN = """
            {"success": false, "status": 409, "error": {"message": "The organization has a connection named 'Raw footage' \
            already; choose another name.", "type": "AlreadyExistsError", "details": {"code": "already_exists", \
            "resource": "connection", "name": "Raw footage"}}}""";

    private final ConnectionService service;
    private final ConnectionBrowser browser;

    ConnectionController(ConnectionService service, ConnectionBrowser browser) {
        this.service = service;
        this.browser = browser;
    }

    @PostMapping({ALL, ALL_SHORT})
    @Operation(
            operationId = "createConnection",
            summary = "Connect a storage",
            description =
                    "It is tested before it is saved, unless `test_before_save` is false: one page is listed and one"
                            + " byte is read. Secrets are encrypted; answers show stars in their place. Needs the permission"
                            + " `admin`. Endpoints that are not on the public internet are refused unless the operator allows"
                            + " them.")
    @ApiResponse(responseCode = "200", description = "The new connection.")
    @ApiResponse(
            responseCode = "400",
            description = "It does not work (`details.diagnosis` says why), or the provider is not to be had"
                    + " (`details.supported` says which are).",
            content = @Content(examples = @ExampleObject(DOES_NOT_WORK)))
    @ApiResponse(
            responseCode = "409",
            description = "The organization has a connection of that name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    ConnectionResponse create(Caller caller, @RequestBody ConnectionCreateRequest request) {
        return answer(service.create(caller, request.read()));
    }

    @PostMapping({ALL + "/list", ALL_SHORT + "/list"})
    @Operation(
            operationId = "listConnections",
            summary = "List connections",
            description =
                    "Newest first. Archived ones are left out unless `status` asks for them. The body may be missing.")
    @ApiResponse(responseCode = "200", description = "A page of connections.")
    ConnectionResponse.Listed list(
            Caller caller,
            ListParameters parameters,
            @RequestBody(required = false) @Nullable ListConnectionsRequest body) {
        ListConnectionsRequest request = body == null ? ListConnectionsRequest.EVERYTHING : body.checked();
        return ConnectionResponse.Listed.of(
                service.list(
                        caller,
                        request.providerType(),
                        request.statuses(),
                        parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT)),
                service::contractProvider);
    }

    @GetMapping({ALL, ALL_SHORT})
    @Operation(
            operationId = "listConnectionsByGet",
            summary = "List connections, as before",
            description =
                    "For clients of the first days: the same list under the names of then and of now, with the fields"
                            + " of its body as parameters.",
            deprecated = true)
    @ApiResponse(responseCode = "200", description = "A page of connections.")
    ConnectionResponse.ListedTwice listByGet(
            Caller caller,
            ListParameters parameters,
            @Parameter(hidden = true) @RequestBody(required = false) @Nullable ListConnectionsRequest body) {
        return ConnectionResponse.ListedTwice.of(list(caller, parameters, body));
    }

    @PostMapping({ALL + "/test", ALL_SHORT + "/test"})
    @Operation(
            operationId = "testConnectionSettings",
            summary = "Test settings without saving them",
            description =
                    "Lists one page and reads one byte, and tells what the storage can do. One that does not work is"
                            + " answered with 200 as well. Needs the permission `admin`.")
    @ApiResponse(responseCode = "200", description = "What was found.")
    ConnectionTestResponse testUnsaved(@RequestBody ConnectionTestRequest request) {
        ConnectionTestRequest.Checked settings = request.read();
        return ConnectionTestResponse.of(service.test(settings.providerType(), settings.settings()));
    }

    @GetMapping({ALL + ONE, ALL_SHORT + ONE})
    @Operation(
            operationId = "getConnection",
            summary = "Get a connection",
            description = "By its id, archived ones too, or by its name.")
    @ApiResponse(responseCode = "200", description = "The connection.")
    ConnectionResponse get(
            Caller caller,
            @Parameter(description = IDENTIFIER, example = "Raw footage") @PathVariable("connection_identifier")
                    String identifier) {
        return answer(service.get(caller, Permission.READ, identifier));
    }

    @PatchMapping({ALL + ONE, ALL_SHORT + ONE})
    @Operation(
            operationId = "updateConnection",
            summary = "Change a connection",
            description =
                    "What is left out stays. `metadata` and `provider_config` take the place of the old ones; other"
                            + " settings are tested first. Secrets that are masked or left out stay, as long as the endpoint and"
                            + " the account do. Needs the permission `admin`.")
    @ApiResponse(responseCode = "200", description = "The connection as it is now.")
    @ApiResponse(
            responseCode = "400",
            description = "It does not work with these settings; `details.diagnosis` says why. Nothing was changed.",
            content = @Content(examples = @ExampleObject(DOES_NOT_WORK)))
    @ApiResponse(
            responseCode = "409",
            description = "The organization has another connection of that name, or this one is archived.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    ConnectionResponse update(
            Caller caller,
            @Parameter(description = IDENTIFIER, example = "Raw footage") @PathVariable("connection_identifier")
                    String identifier,
            @RequestBody ConnectionUpdateRequest request) {
        return answer(service.change(caller, identifier, request.read()));
    }

    @DeleteMapping({ALL + ONE, ALL_SHORT + ONE})
    @Operation(
            operationId = "deleteConnection",
            summary = "Delete a connection",
            description =
                    "It is ARCHIVED and does not come back; its name is free again. Syncs that use it are suspended."
                            + " What they brought stays.")
    ConnectionDeletionResponse delete(
            Caller caller,
            @Parameter(description = IDENTIFIER, example = "Raw footage") @PathVariable("connection_identifier")
                    String identifier) {
        return ConnectionDeletionResponse.of(service.archive(caller, identifier));
    }

    @PostMapping({ALL + ONE + "/test", ALL_SHORT + ONE + "/test"})
    @Operation(
            operationId = "testConnection",
            summary = "Test a connection",
            description =
                    "Lists one page and reads one byte, and keeps what the storage can do. One that does not work is"
                            + " answered with 200 as well, and `success` is false; 5 failures in a row suspend it.")
    @ApiResponse(responseCode = "200", description = "What was found.")
    @ApiResponse(responseCode = "409", description = "It is archived.")
    ConnectionTestResponse test(
            Caller caller,
            @Parameter(description = IDENTIFIER, example = "Raw footage") @PathVariable("connection_identifier")
                    String identifier) {
        return ConnectionTestResponse.of(service.test(caller, identifier));
    }

    @GetMapping({ALL + ONE + "/capabilities", ALL_SHORT + ONE + "/capabilities"})
    @Operation(
            operationId = "getConnectionCapabilities",
            summary = "See what a storage can do",
            description = "As its last test that succeeded found it: `endpoint`, `region`, `checks`, `capabilities`,"
                    + " `restrictions`, ... 404 when it was not tested since its settings were changed.")
    @ApiResponse(responseCode = "200", description = "What it can do.")
    Map<String, Object> capabilities(
            Caller caller,
            @Parameter(description = IDENTIFIER, example = "Raw footage") @PathVariable("connection_identifier")
                    String identifier) {
        return service.capabilities(caller, identifier);
    }

    @GetMapping({ALL + ONE + "/folders", ALL_SHORT + ONE + "/folders"})
    @Operation(
            operationId = "listConnectionFolders",
            summary = "List the folders in a folder",
            description =
                    "Those of the storage itself; nothing is copied. A path that is not there has none. In a store"
                            + " without folders these are what keys have in common up to a slash; of a very full one only the"
                            + " first 20000 keys are looked at, and `truncated` is true.")
    @ApiResponse(responseCode = "200", description = "The folders.")
    @ApiResponse(responseCode = "409", description = "It is suspended or archived.")
    FoldersResponse folders(
            Caller caller,
            @Parameter(description = IDENTIFIER, example = "Raw footage") @PathVariable("connection_identifier")
                    String identifier,
            @Parameter(description = "The folder to look into, as a `source_path` is written.", example = "/videos")
                    @RequestParam(defaultValue = "/")
                    String path) {
        return browser.folders(caller, identifier, path);
    }

    @GetMapping({ALL + ONE + "/files", ALL_SHORT + ONE + "/files"})
    @Operation(
            operationId = "listConnectionFiles",
            summary = "List the files in a folder",
            description = "Those of the storage itself, not of the folders below. A path that is not there has none.")
    @ApiResponse(responseCode = "200", description = "The files.")
    @ApiResponse(responseCode = "409", description = "It is suspended or archived.")
    FilesResponse files(
            Caller caller,
            @Parameter(description = IDENTIFIER, example = "Raw footage") @PathVariable("connection_identifier")
                    String identifier,
            @Parameter(description = "The folder to look into, as a `source_path` is written.", example = "/videos")
                    @RequestParam(defaultValue = "/")
                    String path,
            @Parameter(description = "How many at most.", example = "50")
                    @RequestParam(name = "max_results", defaultValue = "50")
                    @Min(1)
                    @Max(100)
                    int maxResults) {
        return browser.files(caller, identifier, path, maxResults);
    }

    private ConnectionResponse answer(Connection connection) {
        return ConnectionResponse.of(connection, service.contractProvider(connection));
    }
}
