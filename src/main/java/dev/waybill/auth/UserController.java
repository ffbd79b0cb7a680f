package dev.waybill.auth;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Users", description = "The people of your organization. Needs the permission `admin`.")
class UserController {

    private final Users users;

    UserController(Users users) {
        this.users = users;
    }

    @PostMapping("/v1/organizations/users")
    @Requires(Permission.ADMIN)
    @Operation(summary = "Create a user", description = "409 when the organization has a user of that address.")
    UserResponse create(Caller caller, @Valid @RequestBody UserCreateRequest request) {
        return UserResponse.of(users.create(caller.organization(), request));
    }

    @GetMapping("/v1/organizations/users")
    @Requires(Permission.ADMIN)
    @Operation(summary = "List users", description = "Newest first, optionally of one role or status.")
    UserListResponse list(
            Caller caller,
            @RequestParam(defaultValue = "0") @Min(0) int skip,
            @RequestParam(defaultValue = "50") @Min(1) @Max(1000) int limit,
            @RequestParam(required = false) @Nullable UserRole role,
            @RequestParam(required = false) @Nullable UserStatus status) {
        return UserListResponse.of(users.list(caller.organization(), role, status, skip, limit), skip, limit);
    }

    @GetMapping("/v1/organizations/users/{user_email}")
    @Requires(Permission.ADMIN)
    @Operation(summary = "Get a user", description = "By address, without regard to case.")
    UserResponse get(Caller caller, @PathVariable("user_email") String email) {
        return UserResponse.of(users.require(caller.organization(), email));
    }

    @PatchMapping("/v1/organizations/users/{user_email}")
    @Requires(Permission.ADMIN)
    @Operation(
            summary = "Update a user",
            description = "Changes what the body names. The last active admin keeps role and status (409).")
    UserResponse update(
            Caller caller, @PathVariable("user_email") String email, @Valid @RequestBody UserUpdateRequest request) {
        return UserResponse.of(users.update(caller, email, request.toChange()));
    }

    @DeleteMapping("/v1/organizations/users/{user_email}")
    @Requires(Permission.ADMIN)
    @Operation(
            summary = "Delete a user",
            description = "Revokes the user's keys as well. The last active admin cannot be deleted (409).")
    GenericSuccessResponse delete(Caller caller, @PathVariable("user_email") String email) {
        users.delete(caller, email);
        return GenericSuccessResponse.of("User deleted, and the user's keys revoked");
    }
}
