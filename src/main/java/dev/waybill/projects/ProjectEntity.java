package dev.waybill.projects;

import dev.waybill.agents.AgentId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A project, as it is stored: work that an organization requests from its agents.
 *
 * @param acceptedTypes media types of files, such as {@code image/png} or {@code image/*}; empty for any
 * @param deadline from when on nothing new is accepted; null for never
 * @param maxFileSizeBytes the largest file, 1 byte to 5 GiB
 * @param agentIds who may submit; empty for all agents of the organization
 * @param status as on the wire, because callers filter by it
 */
@Document(ProjectEntity.COLLECTION)
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
record ProjectEntity(
        @Id String key,
        OrganizationId organizationId,
        ProjectId projectId,
        String name,
        String prompt,
        List<String> acceptedTypes,
        @Nullable Instant deadline,
        long maxFileSizeBytes,
        List<AgentId> agentIds,
        String status,
        Instant createdAt,
        Instant updatedAt)
        implements Project {

    static final String COLLECTION = "projects";

    ProjectEntity {
        acceptedTypes = List.copyOf(acceptedTypes);
        agentIds = List.copyOf(agentIds);
    }

    @Override
    public boolean isFor(AgentId agent) {
        return agentIds.isEmpty() || agentIds.contains(agent);
    }

    @Override
    public List<AcceptedType> typesFor(String declared, String filename) {
        List<String> written = acceptedTypes.isEmpty() ? List.of("*/*") : acceptedTypes;
        return written.stream()
                .map(AcceptedType::of)
                .filter(type -> type.mayAccept(declared, filename))
                .toList();
    }

    @Override
    public boolean isOpen() {
        return ProjectStatus.OPEN.wire().equals(status);
    }

    @Override
    public boolean isOver(Instant now) {
        return deadline != null && !now.isBefore(deadline);
    }
}
