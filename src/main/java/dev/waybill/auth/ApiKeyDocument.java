package dev.waybill.auth;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One document is one key for life, also through rotation: giving it a new hash is a single update, after which the
 * former secret finds nothing. The hash is looked up by its unique index.
 *
 * @param nameClaim what keeps names apart: user and name while the key is active, the key's own id afterwards, so that
 *     the name of a revoked key is free again
 */
@Document("api_keys")
@CompoundIndex(name = "key_hash", def = "{key_hash: 1}", unique = true)
@CompoundIndex(name = "name_claim", def = "{name_claim: 1}", unique = true)
@CompoundIndex(name = "organization_user_newest", def = "{organization_id: 1, user_id: 1, created_at: -1}")
record ApiKeyDocument(
        @Id String keyId,
        String keyHash,
        String keyPrefix,
        String organizationId,
        String userId,
        String userEmail,
        String name,
        String nameClaim,
        String description,
        Set<Permission> permissions,
        List<ResourceScope> scopes,
        @Nullable Integer rateLimitOverride,
        KeyStatus status,
        @Nullable Instant expiresAt,
        @Nullable Instant lastUsedAt,
        Instant createdAt,
        @Nullable String createdBy,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy,
        boolean operator) {

    static String claim(String userId, String name) {
        return userId + "/" + name;
    }

    static ApiKeyDocument of(ApiKey key) {
        return new ApiKeyDocument(
                key.keyId(),
                key.hash(),
                key.prefix(),
                key.organization().value(),
                key.userId(),
                key.userEmail(),
                key.name(),
                key.status() == KeyStatus.ACTIVE ? claim(key.userId(), key.name()) : key.keyId(),
                key.description(),
                key.permissions(),
                key.scopes(),
                key.rateLimitOverride(),
                key.status(),
                key.expiresAt(),
                key.lastUsedAt(),
                key.createdAt(),
                key.createdBy(),
                key.revokedAt(),
                key.revokedBy(),
                key.operator());
    }

    ApiKey toApiKey() {
        return new ApiKey(
                keyId,
                keyHash,
                keyPrefix,
                new OrganizationId(organizationId),
                userId,
                userEmail,
                name,
                description,
                permissions,
                scopes,
                rateLimitOverride,
                status,
                expiresAt,
                lastUsedAt,
                createdAt,
                createdBy,
                revokedAt,
                revokedBy,
                operator);
    }
}
