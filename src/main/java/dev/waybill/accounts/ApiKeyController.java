package dev.waybill.accounts;

import dev.waybill.auth.Caller;
import dev.waybill.platform.lists.ListParameters;
import dev.waybill.platform.query.Filter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "API keys", description = "The keys of your organization's users. Needs the permission `admin`.")
class ApiKeyController {

    private static final String NAME_TAKEN = """
            {"success": false, "status": 409, "error": {"message": "The user already has a key named 'ingest'.", \
            "type": "AlreadyExistsError", "details": {"code": "already_exists", "resource": "api_key", \
            "id": "ingest"}}}""";

    private static final String KEYS = "/v1/organizations/users/{user_email}/api-keys";

    /** Enough for all keys of most users: early clients read one page only. */
    private static final int DEFAULT_LIMIT = 1_000;

    private final ApiKeys keys;

    ApiKeyController(ApiKeys keys) {
        this.keys = keys;
    }

    @PostMapping(KEYS)
    @Operation(
            operationId = "createApiKey",
            summary = "Create an API key",
            description = "The secret is shown this once. A key can give no permission that it lacks itself (403).")
    @ApiResponse(responseCode = "200", description = "The new key, with its secret.")
    @ApiResponse(
            responseCode = "409",
            description = "The user has a key of that name.",
            content = @Content(examples = @ExampleObject(NAME_TAKEN)))
    ApiKeyResponse.WithSecret create(
            Caller caller, @PathVariable("user_email") String email, @Valid @RequestBody ApiKeyCreateRequest request) {
        return keys.create(caller, email, request);
    }

    @GetMapping(KEYS)
    @Operation(
            operationId = "listApiKeys",
            summary = "List a user's API keys",
            description = "Newest first; never with secrets.")
    ApiKeyResponse.Listed list(
            Caller caller,
            @PathVariable("user_email") String email,
            ListParameters parameters,
            @Parameter(hidden = true) @RequestBody(required = false) @Nullable ListApiKeysRequest body) {
        return keys.list(
                caller,
                email,
                body != null && Boolean.TRUE.equals(body.includeRevoked()),
                parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT).withTotal());
    }

    @PatchMapping(KEYS + "/{key_name}")
    @Operation(
            operationId = "updateApiKey",
            summary = "Update an API key",
            description = "By name or key id. Changes what the body names; in force everywhere within 5 seconds.")
    ApiKeyResponse update(
            Caller caller,
            @PathVariable("user_email") String email,
            @PathVariable("key_name") String name,
            @Valid @RequestBody ApiKeyUpdateRequest request) {
        return keys.update(caller, email, name, request);
    }

    @DeleteMapping(KEYS + "/{key_name}")
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key",
            description = "By name or key id. It is refused everywhere within 5 seconds, and its name is free again.")
    GenericSuccessResponse revoke(
            Caller caller, @PathVariable("user_email") String email, @PathVariable("key_name") String name) {
        keys.revoke(caller, email, name);
        return GenericSuccessResponse.of("API key revoked");
    }

    @PostMapping(KEYS + "/{key_name}/rotate")
    @Operation(
            operationId = "rotateApiKey",
            summary = "Rotate an API key",
            description = "Gives the key a new secret, shown this once. The former one is refused everywhere within 5"
                    + " seconds.")
    ApiKeyResponse.WithSecret rotate(
            Caller caller, @PathVariable("user_email") String email, @PathVariable("key_name") String name) {
        return keys.rotate(caller, email, name);
    }
}
