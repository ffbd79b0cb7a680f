package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who submits to an organization's projects, by a key of its own. The secret is not part of it, only the
 * secret's hash.
 *
 * @param keyHash SHA-256 of the secret
 * @param keyPrefix how the secret begins, by which people tell keys apart
 * @param createdBy the id of the user whose key registered it
 */
record Agent(
        AgentId id,
        OrganizationId organization,
        String name,
        @Nullable String description,
        AgentStatus status,
        String keyHash,
        String keyPrefix,
        Instant createdAt,
        String createdBy,
        @Nullable Instant revokedAt) {}
