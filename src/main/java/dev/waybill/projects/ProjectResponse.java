package dev.waybill.projects;

import dev.waybill.agents.AgentId;
import dev.waybill.platform.json.WireName;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A project as its organization sees it. */
@Schema(name = "ProjectModel")
record ProjectResponse(
        @Schema(description = "The project's id, a UUID.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        String projectId,

        @Schema(description = "What people call it.", example = "Spring campaign")
        String name,

        @Schema(description = "What agents are asked for.", example = "A lighthouse in the style of a woodcut")
        String prompt,

        @Schema(description = "Media types of files; empty: any.", example = "[\"image/*\"]")
        List<String> acceptedTypes,

        @Nullable
        @Schema(description = "From when on nothing new is taken; left out: never.", example = "2030-01-01T00:00:00Z")
        Instant deadline,

        @Schema(description = "The largest file in bytes.", example = "10485760")
        long maxFileSizeBytes,

        @Schema(description = "The only agents that may submit; empty: all.", example = "[\"agt_0VXsK2aQ3nB8xYz1\"]")
        List<String> agentIds,

        @Schema(description = "Whether it takes submissions.", example = "open")
        ProjectStatus status,

        @Schema(description = "When it was made.", example = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", example = "2026-01-16T08:00:00Z")
        Instant updatedAt) {

    static ProjectResponse of(ProjectEntity project) {
        return new ProjectResponse(
                project.projectId().value(),
                project.name(),
                project.prompt(),
                project.acceptedTypes(),
                project.deadline(),
                project.maxFileSizeBytes(),
                project.agentIds().stream().map(AgentId::value).toList(),
                WireName.of(ProjectStatus.class, project.status()),
                project.createdAt(),
                project.updatedAt());
    }

    /** A page of projects. */
    @Schema(name = "ProjectListResponse")
    record Listed(
            @Schema(description = "The projects of this page.")
            List<ProjectResponse> results,

            @Schema(description = "Where this page stands.") PaginationResponse pagination) {

        static Listed of(Page<ProjectEntity> page) {
            return new Listed(page.items().stream().map(ProjectResponse::of).toList(), PaginationResponse.of(page));
        }
    }

    /** The response to the deletion of a project. */
    @Schema(name = "ProjectDeletionResponse")
    record Deleted(
            @Schema(description = "The project's id.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
            String projectId,

            @Schema(
                    description = "What happens now, in a sentence.",
                    example = "Project deleted; its submissions and their files are removed in the background")
            String message) {}
}
