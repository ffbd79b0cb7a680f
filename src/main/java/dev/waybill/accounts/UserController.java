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
@Tag(name = "Users", description = "The people of your organization. Needs the permission `admin`.")
class UserController {

    private static final String ADDRESS_TAKEN = """
            {"success": false, "status": 409, "error": {"message": "The organization already has a user with \
            the address 'ada@example.com'.", \
            "type": "AlreadyExistsError", "details": {"code": "already_exists", "resource": "user", \
            "id": "ada@example.com"}}}""";

    private static final int DEFAULT_LIMIT = 50;

    private final Users users;

    UserController(Users users) {
        this.users = users;
    }

    @PostMapping("/v1/organizations/users")
    @Operation(
            operationId = "createUser",
            summary = "Create a user",
            description = "The user is active at once; keys are created one by one.")
    @ApiResponse(responseCode = "200", description = "The new user.")
    @ApiResponse(
            responseCode = "409",
            description = "The organization has a user of that address.",
            content = @Content(examples = @ExampleObject(ADDRESS_TAKEN)))
    UserResponse create(Caller caller, @Valid @RequestBody UserCreateRequest request) {
        return users.create(caller.organization(), request);
    }

    @GetMapping("/v1/organizations/users")
    @Operation(
            operationId = "listUsers",
            summary = "List users",
            description = "Newest first, optionally of one role or status.")
    UserListResponse list(
            Caller caller,
            ListParameters parameters,
            @Parameter(hidden = true) @RequestBody(required = false) @Nullable ListUsersRequest body) {
        return users.list(
                caller.organization(),
                body == null ? ListUsersRequest.EVERYBODY : body,
                parameters.toQuery(body, Filter.ALL, DEFAULT_LIMIT).withTotal());
    }

    @GetMapping("/v1/organizations/users/{user_email}")
    @Operation(operationId = "getUser", summary = "Get a user", description = "By address, without regard to case.")
    UserResponse get(Caller caller, @PathVariable("user_email") String email) {
        return users.get(caller.organization(), email);
    }

    @PatchMapping("/v1/organizations/users/{user_email}")
    @Operation(
            operationId = "updateUser",
            summary = "Update a user",
            description = "Changes what the body names. The last active admin keeps role and status (409).")
    UserResponse update(
            Caller caller, @PathVariable("user_email") String email, @Valid @RequestBody UserUpdateRequest request) {
        return users.update(caller, email, request);
    }

    @DeleteMapping("/v1/organizations/users/{user_email}")
    @Operation(
            operationId = "deleteUser",
            summary = "Delete a user",
            description = "Revokes the user's keys as well. The last active admin cannot be deleted (409).")
    GenericSuccessResponse delete(Caller caller, @PathVariable("user_email") String email) {
        users.delete(caller, email);
        return GenericSuccessResponse.of("User deleted, and the user's keys revoked");
    }
}
