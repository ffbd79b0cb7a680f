package dev.waybill.accounts;

import dev.waybill.auth.Permission;
import dev.waybill.auth.ResourceScope;
import dev.waybill.platform.text.PlainName;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Request body to create an API key. */
@Schema(name = "APIKeyCreateRequest", example = """
                {"name": "ingest", "description": "Uploads from the shop", "permissions": ["read", "write"], "scopes": \
                [{"resource_type": "namespace", "resource_id": "production"}], "expires_at": "2030-01-01T00:00:00Z"}""")
record ApiKeyCreateRequest(
        @NotNull
        @PlainName
        @Pattern(
                regexp = ApiKeyCreateRequest.ADDRESSABLE,
                message = "must not hold / or \\, nor be . or .., because it stands in the path of the key")
        @Size(min = 1, max = 100)
        @Schema(description = "Unique among the user's keys that are not revoked.", example = "ingest")
        String name,

        @Nullable
        @Size(max = 500)
        @Schema(description = "What the key is for; empty when left out.", example = "Uploads from the shop")
        String description,

        @Nullable
        @Schema(
                description = "`read`, `write` and `delete` when left out. `admin` includes the others. Only what the"
                        + " requesting key may do itself (else 403).",
                example = "[\"read\", \"write\"]")
        List<@NotNull Permission> permissions,

        @Nullable
        @Size(max = 100)
        @Schema(
                description =
                        "Narrows the key, 100 entries at most. Left out or empty: everything in the organization.")
        List<@NotNull @Valid ScopeRequest> scopes,

        @Nullable
        @Min(1)
        @Schema(
                description = "Requests per window for this key alone, instead of its part of the organization's.",
                example = "1200")
        Integer rateLimitOverride,

        @Nullable
        @Schema(
                description = "From when on it is refused; must lie ahead. Left out: never.",
                example = "2030-01-01T00:00:00Z")
        Instant expiresAt) {

    /** Without what servers decode in paths, or refuse, however it is encoded. */
    static final String ADDRESSABLE = "(?!\\.{1,2}$)[^/\\\\]*";

    Set<Permission> grantedPermissions() {
        return permissions == null
                ? EnumSet.of(Permission.READ, Permission.WRITE, Permission.DELETE)
                : Set.copyOf(permissions);
    }

    List<ResourceScope> grantedScopes() {
        List<ResourceScope> requested = ScopeRequest.toScopes(scopes);
        return requested == null ? List.of() : requested;
    }
}
