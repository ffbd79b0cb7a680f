package dev.waybill.auth;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Body of the creation of a key. */
@Schema(name = "APIKeyCreateRequest")
record ApiKeyCreateRequest(
        @NotNull
        @Size(min = 1, max = 100)
        @Schema(description = "Unique among the user's keys that are not revoked.", example = "ingest")
        String name,

        @Nullable @Size(max = 500) String description,

        @Nullable
        @Schema(
                description = "`read`, `write` and `delete` when left out. `admin` includes the others.",
                example = "[\"read\", \"write\"]")
        List<@NotNull Permission> permissions,

        @Nullable @Size(max = 100) @Schema(description = "Left out or empty: everything in the organization.")
        List<@NotNull @Valid ScopeRequest> scopes,

        @Nullable @Min(1) @Schema(description = "Requests per window, instead of the plan's.", example = "1200")
        Integer rateLimitOverride,

        @Nullable
        @Schema(description = "From when on it is refused; left out: never.", example = "2030-01-01T00:00:00Z")
        Instant expiresAt) {

    Set<Permission> grantedPermissions() {
        return permissions == null
                ? EnumSet.of(Permission.READ, Permission.WRITE, Permission.DELETE)
                : Set.copyOf(permissions);
    }

    List<ResourceScope> grantedScopes() {
        List<ResourceScope> given = ScopeRequest.toScopes(scopes);
        return given == null ? List.of() : given;
    }
}
