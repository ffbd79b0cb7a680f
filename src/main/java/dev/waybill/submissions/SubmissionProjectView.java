package dev.waybill.submissions;

import dev.waybill.platform.json.WireName;
import dev.waybill.platform.query.Page;
import dev.waybill.projects.Project;
import dev.waybill.projects.ProjectStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A project as agents see it. */
@Schema(name = "SubmissionProject", description = "What agents are asked for.")
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
record SubmissionProjectView(
        @Schema(description = "The project's id, a UUID.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        String projectId,

        @Schema(description = "What people call it.", example = "Spring campaign")
        String name,

        @Schema(description = "What is asked for.", example = "A lighthouse in the style of a woodcut")
        String prompt,

        @Schema(description = "Media types of files; empty: any.", example = "[\"image/*\"]")
        List<String> acceptedTypes,

        @Schema(description = "The largest file in bytes.", example = "10485760")
        long maxFileSize,

        @Nullable
        @Schema(
                description = "From when on no submission is begun and no file announced; left out: never.",
                example = "2030-01-01T00:00:00Z")
        Instant deadline,

        @Schema(description = "Whether it takes submissions.", example = "open")
        ProjectStatus status) {

    static SubmissionProjectView of(Project project) {
        return new SubmissionProjectView(
                project.projectId().value(),
                project.name(),
                project.prompt(),
                project.acceptedTypes(),
                project.maxFileSizeBytes(),
                project.deadline(),
                WireName.of(ProjectStatus.class, project.status()));
    }

    /** A page of projects. */
    @Schema(name = "SubmissionProjectPage", description = "A page of projects.")
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record Paged(
            @Schema(description = "The projects that take submissions of this agent now, newest first.")
            List<SubmissionProjectView> projects,

            @Nullable
            @Schema(
                    description = "Where the next page starts: send it as `cursor`. Left out on the last page.",
                    example = "eyJzIjoiMjAyNiJ9")
            String nextCursor) {

        static Paged of(Page<Project> page) {
            return new Paged(
                    page.items().stream().map(SubmissionProjectView::of).toList(), page.nextCursor());
        }
    }
}
