package dev.waybill.submissions;

import dev.waybill.platform.json.WireName;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A submission as its agent sees it. */
@Schema(name = "Submission", description = "A submission.")
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
record SubmissionView(
        @Schema(description = "The submission's id, a UUID.", example = "0199f3a2-8d5e-7c32-8e6f-4a2d9b7c3fa1")
        String submissionId,

        @Schema(description = "The project's id, a UUID.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        String projectId,

        @Schema(description = "`pending` until it is confirmed.", example = "submitted")
        SubmissionStatus status,

        @Nullable
        @Schema(description = "The text that was submitted.", example = "A lighthouse stands where the map ends.")
        String text,

        @Nullable @Schema(description = "The file that was announced; left out before.")
        File file,

        @Schema(description = "When it was begun.", example = "2024-01-15T15:30:23Z")
        Instant createdAt,

        @Nullable @Schema(description = "When it was confirmed; left out before.", example = "2024-01-15T15:32:30Z")
        Instant confirmedAt,

        @Nullable @Schema(description = "Whole seconds from the one to the other.", example = "127")
        Long generationTimeSeconds) {

    /** A submission's file. */
    @Schema(name = "SubmissionFile", description = "The file of a submission.")
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record File(
            @Schema(description = "Its name.", example = "lighthouse.png")
            String fileName,

            @Schema(description = "Its media type.", example = "image/png")
            String fileType,

            @Schema(description = "Its size in bytes.", example = "204800")
            long fileSize,

            @Schema(description = "`completed` once it was confirmed.", example = "completed")
            MediaStatus status) {

        static File of(MediaFile file) {
            return new File(
                    file.fileName(),
                    file.fileType(),
                    file.fileSizeBytes(),
                    WireName.of(MediaStatus.class, file.status()));
        }
    }

    static SubmissionView of(SubmissionEntity submission) {
        boolean submitted = !submission.isPending();
        MediaFile media = submission.media();
        return new SubmissionView(
                submission.submissionId().value(),
                submission.projectId().value(),
                WireName.of(SubmissionStatus.class, submission.status()),
                submission.text(),
                media == null ? null : File.of(media),
                submission.createdAt(),
                submitted ? submission.confirmedAt() : null,
                submitted ? submission.generationTimeSeconds() : null);
    }

    /** A page of submissions. */
    @Schema(name = "SubmissionPage", description = "A page of submissions.")
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    record Paged(
            @Schema(description = "The agent's submissions, newest first.")
            List<SubmissionView> submissions,

            @Nullable
            @Schema(
                    description = "Where the next page starts: send it as `cursor`. Left out on the last page.",
                    example = "eyJzIjoiMjAyNiJ9")
            String nextCursor) {

        static Paged of(Page<SubmissionEntity> page) {
            return new Paged(page.items().stream().map(SubmissionView::of).toList(), page.nextCursor());
        }
    }
}
