package dev.waybill.accounts;

import dev.waybill.auth.Permission;
import dev.waybill.auth.ResourceScope;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A user's API key, as stored: with the hash of its secret, never the secret. One document is one key for life:
 * rotation replaces the hash in a single update, after which the former secret finds nothing. Lookups use the unique
 * index on the hash.
 *
 * @param keyHash SHA-256 of the secret
 * @param nameClaim makes names unique: user and name while the key is active, the key's own id afterwards, so that the
 *     name of a revoked key is free again
 * @param rateLimitOverride requests per window that replace the plan's; null for the plan's
 * @param operator whether it is the key from the configuration
 */
@Document("api_keys")
@CompoundIndex(name = "key_hash", def = "{key_hash: 1}", unique = true)
@CompoundIndex(name = "name_claim", def = "{name_claim: 1}", unique = true)
@CompoundIndex(name = "organization_user_newest", def = "{organization_id: 1, user_id: 1, created_at: -1}")
record ApiKeyEntity(
        @Id String keyId,
        String keyHash,
        String keyPrefix,
        OrganizationId organizationId,
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

    ApiKeyEntity {
        permissions = Set.copyOf(permissions);
        scopes = List.copyOf(scopes);
    }

    static String claim(String userId, String name) {
        return userId + "/" + name;
    }

    /** The status at an instant: EXPIRED for an active key whose {@code expiresAt} has passed. */
    KeyStatus statusAt(Instant now) {
        return status == KeyStatus.ACTIVE && expiresAt != null && !now.isBefore(expiresAt) ? KeyStatus.EXPIRED : status;
    }

    /** Whether it can manage users and keys: a key narrowed by scopes cannot. */
    boolean administersAt(Instant now) {
        return statusAt(now) == KeyStatus.ACTIVE && permissions.contains(Permission.ADMIN) && scopes.isEmpty();
    }
}
