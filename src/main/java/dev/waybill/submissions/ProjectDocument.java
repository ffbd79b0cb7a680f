package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.web.WireName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/** A {@link Project} as it is stored. */
@Document(ProjectDocument.COLLECTION)
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
record ProjectDocument(
        @Id String key,
        String organizationId,
        String projectId,
        String name,
        String prompt,
        List<String> acceptedTypes,
        @Nullable Instant deadline,
        long maxFileSizeBytes,
        List<String> agentIds,
        String status,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLLECTION = "projects";

    static String key(OrganizationId organization, ProjectId id) {
        return organization + "/" + id;
    }

    static ProjectDocument of(Project project) {
        return new ProjectDocument(
                key(project.organization(), project.id()),
                project.organization().value(),
                project.id().value(),
                project.name(),
                project.prompt(),
                project.acceptedTypes(),
                project.deadline(),
                project.maxFileSizeBytes(),
                project.agents().stream().map(AgentId::value).toList(),
                project.status().wire(),
                project.createdAt(),
                project.updatedAt());
    }

    Project toProject() {
        return new Project(
                new ProjectId(projectId),
                new OrganizationId(organizationId),
                name,
                prompt,
                acceptedTypes,
                deadline,
                maxFileSizeBytes,
                agentIds.stream().map(AgentId::new).toList(),
                WireName.of(ProjectStatus.class, status),
                createdAt,
                updatedAt);
    }
}
