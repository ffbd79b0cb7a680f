package dev.waybill.auth;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Body of the change of a key; what is left out stays. */
@Schema(name = "APIKeyUpdateRequest")
record ApiKeyUpdateRequest(
        @Nullable @Size(min = 1, max = 100) @Schema(example = "ingest-2")
        String name,

        @Nullable @Size(max = 500) String description,

        @Nullable List<@NotNull Permission> permissions,

        @Nullable
        @Size(max = 100)
        @Schema(description = "Takes the place of the former scopes; empty: everything in the organization.")
        List<@NotNull @Valid ScopeRequest> scopes,

        @Nullable @Min(1) Integer rateLimitOverride,

        @Nullable @Schema(description = "Must lie ahead.", example = "2030-01-01T00:00:00Z")
        Instant expiresAt,

        @Nullable
        @Schema(
                description = "`revoked` revokes the key for good. `active` is no change. `expired` cannot be set:"
                        + " change `expires_at`.")
        KeyStatus status) {

    ApiKeyChange toChange() {
        return new ApiKeyChange(
                name,
                description,
                permissions == null ? null : Set.copyOf(permissions),
                ScopeRequest.toScopes(scopes),
                rateLimitOverride,
                expiresAt);
    }
}
