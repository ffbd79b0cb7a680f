package dev.waybill.auth;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of a user. The secret is not part of it, only the secret's hash.
 *
 * @param hash SHA-256 of the secret
 * @param rateLimitOverride requests per window that replace the plan's; null for the plan's
 * @param operator whether it is the key from the configuration
 */
record ApiKey(
        String keyId,
        String hash,
        String prefix,
        OrganizationId organization,
        String userId,
        String userEmail,
        String name,
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

    ApiKey {
        permissions = Set.copyOf(permissions);
        scopes = List.copyOf(scopes);
    }

    /** The status at an instant: a key that has run out is told as expired. */
    KeyStatus statusAt(Instant now) {
        return status == KeyStatus.ACTIVE && expiresAt != null && !now.isBefore(expiresAt) ? KeyStatus.EXPIRED : status;
    }

    /** Whether it can manage users and keys: a key that is narrowed to resources cannot. */
    boolean administersAt(Instant now) {
        return statusAt(now) == KeyStatus.ACTIVE && permissions.contains(Permission.ADMIN) && scopes.isEmpty();
    }
}
