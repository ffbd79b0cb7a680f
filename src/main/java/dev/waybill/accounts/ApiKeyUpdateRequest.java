package dev.waybill.accounts;

import dev.waybill.auth.Permission;
import dev.waybill.auth.ResourceScope;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Request body to update an API key; absent fields stay unchanged. */
@Schema(name = "APIKeyUpdateRequest", example = "{\"name\": \"ingest-2\", \"permissions\": [\"read\"]}")
record ApiKeyUpdateRequest(
        @Nullable
        @PlainName
        @Pattern(
                regexp = ApiKeyCreateRequest.ADDRESSABLE,
                message = "must not hold / or \\, nor be . or .., because it stands in the path of the key")
        @Size(min = 1, max = 100)
        @Schema(description = "A new name, unique among the user's keys that are not revoked.", example = "ingest-2")
        String name,

        @Size(max = 500)
        @Schema(
                implementation = String.class,
                description = "What the key is for; null empties it.",
                example = "Uploads from the shop")
        @Nullable
        Change<String> description,

        @Nullable
        @Schema(
                description = "Takes the place of the former permissions. `admin` includes the others. Only what the"
                        + " requesting key may do itself (else 403).",
                example = "[\"read\"]")
        List<@NotNull Permission> permissions,

        @Nullable
        @Size(max = 100)
        @Schema(description = "Takes the place of the former scopes; empty: everything in the organization.")
        List<@NotNull @Valid ScopeRequest> scopes,

        @Min(1)
        @Schema(
                implementation = Integer.class,
                description = "Requests per window for this key alone, instead of its part of the organization's; null"
                        + " gives it that part again.",
                example = "1200")
        @Nullable
        Change<Integer> rateLimitOverride,

        @Schema(
                type = "string",
                format = "date-time",
                description = "From when on it is refused; must lie ahead. Null: never.",
                example = "2030-01-01T00:00:00Z")
        @Nullable
        Change<Instant> expiresAt,

        @Nullable
        @Schema(
                description = "`revoked` revokes the key for good. `active` is no change. `expired` cannot be set:"
                        + " change `expires_at`.")
        KeyStatus status) {

    @Nullable
    Set<Permission> grantedPermissions() {
        return permissions == null ? null : Set.copyOf(permissions);
    }

    @Nullable
    List<ResourceScope> grantedScopes() {
        return ScopeRequest.toScopes(scopes);
    }

    /** Whether this may end a key's admin rights. */
    boolean mayEndAdministration() {
        return permissions != null && !permissions.contains(Permission.ADMIN)
                || scopes != null && !scopes.isEmpty()
                || Change.orNone(expiresAt).value() != null;
    }
}
