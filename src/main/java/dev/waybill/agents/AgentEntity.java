package dev.waybill.agents;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An agent, as it is stored: it submits to an organization's projects by a key of its own. The secret is not part of
 * it, only the secret's hash, by whose unique index the agent is found; rotating is one update.
 *
 * @param status as on the wire, because callers filter by it
 * @param keyHash SHA-256 of the secret
 * @param keyPrefix how the secret begins, by which people tell keys apart
 * @param createdBy the id of the user whose key registered it
 */
@Document("agents")
@CompoundIndex(name = "key_hash", def = "{key_hash: 1}", unique = true)
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
record AgentEntity(
        @Id String key,
        OrganizationId organizationId,
        AgentId agentId,
        String name,
        @Nullable String description,
        String status,
        String keyHash,
        String keyPrefix,
        Instant createdAt,
        String createdBy,
        @Nullable Instant revokedAt) {

    boolean is(AgentStatus other) {
        return other.wire().equals(status);
    }
}
