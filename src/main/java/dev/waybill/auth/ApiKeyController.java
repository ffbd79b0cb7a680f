package dev.waybill.auth;

import dev.waybill.platform.web.PaginationResponse;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "API keys", description = "The keys of your organization's users. Needs the permission `admin`.")
class ApiKeyController {

    private static final String NAME_TAKEN = """
            {"success": false, "status": 409, "error": {"message": "The user already has a key named 'ingest'.", \
            "type": "AlreadyExistsError", "details": {"code": "already_exists", "resource": "api_key", \
            "id": "ingest"}}}""";

    private static final String KEYS = "/v1/organizations/users/{user_email}/api-keys";

    private final Users users;
    private final ApiKeys keys;
    private final InstantSource clock;

    ApiKeyController(Users users, ApiKeys keys, InstantSource clock) {
        this.users = users;
        this.keys = keys;
        this.clock = clock;
    }

    @PostMapping(KEYS)
    @Requires(Permission.ADMIN)
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
        User user = users.require(caller.organization(), email);
        return ApiKeyResponse.WithSecret.of(keys.create(caller, user, request), clock.instant());
    }

    @GetMapping(KEYS)
    @Requires(Permission.ADMIN)
    @Operation(
            operationId = "listApiKeys",
            summary = "List a user's API keys",
            description = "Newest first, at most 1000; never with secrets.")
    ApiKeyResponse.Listed list(
            Caller caller,
            @PathVariable("user_email") String email,
            @Parameter(description = "Whether revoked keys are listed too.", example = "true")
                    @RequestParam(name = "include_revoked", defaultValue = "false")
                    boolean includeRevoked) {
        User user = users.require(caller.organization(), email);
        Instant now = clock.instant();
        List<ApiKeyResponse> results = keys.list(user, includeRevoked).stream()
                .map(key -> ApiKeyResponse.of(key, now))
                .toList();
        long total = results.size();
        PaginationResponse pagination =
                new PaginationResponse(total, 1, ApiKeyStore.MOST_LISTED, total == 0 ? 0L : 1L, null, null, null);
        return new ApiKeyResponse.Listed(results, pagination, total);
    }

    @PatchMapping(KEYS + "/{key_name}")
    @Requires(Permission.ADMIN)
    @Operation(
            operationId = "updateApiKey",
            summary = "Update an API key",
            description = "By name or key id. Changes what the body names; in force everywhere within 5 seconds.")
    ApiKeyResponse update(
            Caller caller,
            @PathVariable("user_email") String email,
            @PathVariable("key_name") String name,
            @Valid @RequestBody ApiKeyUpdateRequest request) {
        User user = users.require(caller.organization(), email);
        return ApiKeyResponse.of(keys.update(caller, user, name, request), clock.instant());
    }

    @DeleteMapping(KEYS + "/{key_name}")
    @Requires(Permission.ADMIN)
    @Operation(
            operationId = "revokeApiKey",
            summary = "Revoke an API key",
            description = "By name or key id. It is refused everywhere within 5 seconds, and its name is free again.")
    GenericSuccessResponse revoke(
            Caller caller, @PathVariable("user_email") String email, @PathVariable("key_name") String name) {
        keys.revoke(caller, users.require(caller.organization(), email), name);
        return GenericSuccessResponse.of("API key revoked");
    }

    @PostMapping(KEYS + "/{key_name}/rotate")
    @Requires(Permission.ADMIN)
    @Operation(
            operationId = "rotateApiKey",
            summary = "Rotate an API key",
            description = "Gives the key a new secret, shown this once. The former one is refused everywhere within 5"
                    + " seconds.")
    ApiKeyResponse.WithSecret rotate(
            Caller caller, @PathVariable("user_email") String email, @PathVariable("key_name") String name) {
        User user = users.require(caller.organization(), email);
        return ApiKeyResponse.WithSecret.of(keys.rotate(user, name), clock.instant());
    }
}
