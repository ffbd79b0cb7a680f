package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.web.WireName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** An {@link Agent} as it is stored. Its key is found by the hash's unique index; rotating is one update. */
@Document("agents")
@CompoundIndex(name = "key_hash", def = "{key_hash: 1}", unique = true)
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
record AgentDocument(
        @Id String key,
        String organizationId,
        String agentId,
        String name,
        @Nullable String description,
        String status,
        String keyHash,
        String keyPrefix,
        Instant createdAt,
        String createdBy,
        @Nullable Instant revokedAt) {

    static String key(OrganizationId organization, AgentId id) {
        return organization + "/" + id;
    }

    static AgentDocument of(Agent agent) {
        return new AgentDocument(
                key(agent.organization(), agent.id()),
                agent.organization().value(),
                agent.id().value(),
                agent.name(),
                agent.description(),
                agent.status().wire(),
                agent.keyHash(),
                agent.keyPrefix(),
                agent.createdAt(),
                agent.createdBy(),
                agent.revokedAt());
    }

    Agent toAgent() {
        return new Agent(
                new AgentId(agentId),
                new OrganizationId(organizationId),
                name,
                description,
                WireName.of(AgentStatus.class, status),
                keyHash,
                keyPrefix,
                createdAt,
                createdBy,
                revokedAt);
    }
}
