package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.web.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A key as answers tell it: without its secret, and without the hash by which it is found. */
@Schema(name = "APIKeyModel")
record ApiKeyResponse(
        @Schema(example = "key_0VXsK2aQ3nB8xYz1") String keyId,

        @Schema(description = "A fingerprint that changes when the key is rotated. It is not the stored hash.")
        String keyHash,

        @Schema(description = "How the key begins.", example = "sk_0VXsK2aQ3")
        String keyPrefix,

        @Schema(
                allowableValues = {"standard", "marketplace_subscription", "retriever"},
                example = "standard")
        String keyType,

        @Schema(description = "The organization's id.", example = "org_0VXsK2aQ3nB8xYz1")
        String internalId,

        @Schema(example = "org_0VXsK2aQ3nB8xYz1") String organizationId,
        @Schema(example = "usr_0VXsK2aQ3nB8xYz1") String userId,
        @Schema(example = "ingest") String name,
        String description,
        List<Permission> permissions,
        List<ResourceScope> scopes,

        @Nullable @Schema(description = "Requests per window; left out: the plan's.")
        Integer rateLimitOverride,

        KeyStatus status,

        @Nullable Instant expiresAt,

        @Nullable @Schema(description = "Right to about a minute.")
        Instant lastUsedAt,

        Instant createdAt,

        @Nullable @Schema(description = "The user whose key made this one.")
        String createdBy,

        @Nullable Instant revokedAt,

        @Nullable String revokedBy) {

    static ApiKeyResponse of(ApiKey key, Instant now) {
        return new ApiKeyResponse(
                key.keyId(),
                KeySecrets.fingerprint(key.keyId(), key.hash()),
                key.prefix(),
                "standard",
                key.organization().value(),
                key.organization().value(),
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

    /** A key and its secret: the one answer that shows it. */
    @Schema(name = "APIKeyCreateResponse")
    record WithSecret(
            @JsonUnwrapped ApiKeyResponse apiKey,

            @Schema(
                    type = "string",
                    description = "The secret. It is shown this once and cannot be read again.",
                    example = "sk_0VXsK2aQ3nB8xYz1Jc5vT7uR9wE4mL6pN0hD2gF8kS1")
            Secret key) {

        static WithSecret of(ApiKeys.Issued issued, Instant now) {
            return new WithSecret(ApiKeyResponse.of(issued.key(), now), issued.secret());
        }
    }

    /** A user's keys, newest first. */
    @Schema(name = "APIKeyListResponse")
    record Listed(List<ApiKeyResponse> results, PaginationResponse pagination, long total) {}
}
