package dev.waybill.submissions;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.web.WireName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A {@link Project} as it is stored.
 *
 * @param purgeUntil null while it lives. Of one that is being deleted: when the last request that began before has
 *     ended, so that no submission can arrive any more
 */
@Document("projects")
@CompoundIndex(name = "organization_newest", def = "{organization_id: 1, created_at: -1}")
@CompoundIndex(name = "by_deletion", def = "{purge_until: 1}", partialFilter = "{purge_until: {$exists: true}}")
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
        Instant updatedAt,
        @Nullable Instant purgeUntil) {

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
                project.updatedAt(),
                null);
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
