package dev.waybill.accounts;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.auth.KeySecrets;
import dev.waybill.auth.Permission;
import dev.waybill.auth.ResourceScope;
import dev.waybill.auth.Secret;
import dev.waybill.platform.lists.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API key in responses: without its secret, and without the hash by which it is looked up. */
@Schema(name = "APIKeyModel")
record ApiKeyResponse(
        @Schema(
                description = "The key's id; stays when the key is renamed or rotated.",
                example = "key_0VXsK2aQ3nB8xYz1")
        String keyId,

        @Schema(
                description = "A fingerprint that changes when the key is rotated. It is not the stored hash.",
                example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String keyHash,

        @Schema(description = "How the key begins.", example = "sk_0VXsK2aQ3")
        String keyPrefix,

        @Schema(
                description = "Always `standard`; the other kinds belong to features that Waybill does not have.",
                allowableValues = {"standard", "marketplace_subscription", "retriever"},
                example = "standard")
        String keyType,

        @Schema(description = "The organization's id, under another name.", example = "org_0VXsK2aQ3nB8xYz1")
        String internalId,

        @Schema(description = "The organization that the key belongs to.", example = "org_0VXsK2aQ3nB8xYz1")
        String organizationId,

        @Schema(description = "The user whose key it is.", example = "usr_0VXsK2aQ3nB8xYz1")
        String userId,

        @Schema(description = "The key's name, unique among the user's keys that are not revoked.", example = "ingest")
        String name,

        @Schema(description = "What the key is for; empty when nobody said.", example = "Uploads from the shop")
        String description,

        @Schema(description = "What the key may do. `admin` includes the others.", example = "[\"read\", \"write\"]")
        List<Permission> permissions,

        @Schema(description = "What the key is narrowed to; empty: everything in the organization.")
        List<ResourceScope> scopes,

        @Nullable
        @Schema(
                description = "Requests per window for this key alone. Left out: it shares the organization's.",
                example = "1200")
        Integer rateLimitOverride,

        @Schema(
                description = "`active`, `revoked` for good, or `expired` once `expires_at` has passed.",
                example = "active")
        KeyStatus status,

        @Nullable
        @Schema(description = "From when on it is refused; left out: never.", example = "2030-01-01T00:00:00Z")
        Instant expiresAt,

        @Nullable
        @Schema(
                description = "When it was last used, right to about a minute; left out when it never was.",
                example = "2026-01-15T10:30:00Z")
        Instant lastUsedAt,

        @Schema(description = "When it was made.", example = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Nullable
        @Schema(
                description = "The user whose key made this one, by id; left out for the operator's key.",
                example = "usr_0VXsJ9cP1mA7wVu0")
        String createdBy,

        @Nullable
        @Schema(description = "When it was revoked; left out unless it was.", example = "2026-02-01T08:00:00Z")
        Instant revokedAt,

        @Nullable
        @Schema(
                description = "The user whose key revoked it, by id; left out unless it was revoked.",
                example = "usr_0VXsJ9cP1mA7wVu0")
        String revokedBy) {

    static ApiKeyResponse of(ApiKeyEntity key, Instant now) {
        return new ApiKeyResponse(
                key.keyId(),
                KeySecrets.fingerprint(key.keyId(), key.keyHash()),
                key.keyPrefix(),
                "standard",
                key.organizationId().value(),
                key.organizationId().value(),
                key.userId(),
                key.name(),
                key.description(),
                key.permissions().stream().sorted().toList(),
                key.scopes(),
                key.rateLimitOverride(),
                key.statusAt(now),
                key.expiresAt(),
                key.lastUsedAt(),
                key.createdAt(),
                key.createdBy(),
                key.revokedAt(),
                key.revokedBy());
    }

    /** An API key with its secret: the only response that contains it. */
    @Schema(name = "APIKeyCreateResponse")
    record WithSecret(
            @JsonUnwrapped ApiKeyResponse apiKey,

            @Schema(
                    type = "string",
                    description = "The secret. It is shown this once and cannot be read again.",
                    example = "sk_0VXsK2aQ3nB8xYz1Jc5vT7uR9wE4mL6pN0hD2gF8kS1")
            Secret key) {

        static WithSecret of(ApiKeyEntity key, Secret secret, Instant now) {
            return new WithSecret(ApiKeyResponse.of(key, now), secret);
        }
    }

    /** A user's keys, newest first. */
    @Schema(name = "APIKeyListResponse")
    record Listed(
            @Schema(description = "The keys, newest first, without secrets.")
            List<ApiKeyResponse> results,

            @Schema(description = "Where this page stands in the list.")
            PaginationResponse pagination,

            @Schema(description = "How many keys there are in all.", example = "3")
            long total) {}
}
