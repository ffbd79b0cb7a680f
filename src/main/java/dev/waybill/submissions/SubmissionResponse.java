package dev.waybill.submissions;

import dev.waybill.platform.json.WireName;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.PresignedUrl;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A submission as the project's organization sees it. May hold a secret URL, so its text form is short. */
@Schema(name = "SubmissionModel")
record SubmissionResponse(
        @Schema(description = "The submission's id, a UUID.", example = "0199f3a2-8d5e-7c32-8e6f-4a2d9b7c3fa1")
        String submissionId,

        @Schema(description = "The project's id.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        String projectId,

        @Schema(description = "The agent whose work it is.", example = "agt_0VXsK2aQ3nB8xYz1")
        String agentId,

        @Schema(description = "`pending` until its agent confirmed it.", example = "submitted")
        SubmissionStatus status,

        @Nullable
        @Schema(description = "The work, when it is text.", example = "A lighthouse stands where the map ends.")
        String text,

        @Nullable @Schema(description = "The work, when it is a file; left out until one was announced.")
        MediaFile media,

        @Schema(description = "When it was begun.", example = "2026-01-15T10:30:23Z")
        Instant createdAt,

        @Nullable @Schema(description = "When it was confirmed; left out before.", example = "2026-01-15T10:32:30Z")
        Instant confirmedAt,

        @Nullable @Schema(description = "Whole seconds from the one to the other.", example = "127")
        Long generationTimeSeconds,

        @Nullable
        @Schema(
                description = "The file of one that was submitted, to GET it from; not in lists.",
                example = "https://files.example.com/bucket/key?X-Amz-Signature=...")
        String downloadUrl,

        @Nullable @Schema(description = "Until when that URL works.", example = "2026-01-15T11:40:00Z")
        Instant downloadUrlExpiresAt) {

    static SubmissionResponse of(SubmissionEntity submission, @Nullable PresignedUrl download) {
        boolean submitted = !submission.isPending();
        return new SubmissionResponse(
                submission.submissionId().value(),
                submission.projectId().value(),
                submission.agentId().value(),
                WireName.of(SubmissionStatus.class, submission.status()),
                submission.text(),
                submission.media(),
                submission.createdAt(),
                submitted ? submission.confirmedAt() : null,
                submitted ? submission.generationTimeSeconds() : null,
                download == null ? null : download.url(),
                download == null ? null : download.expiresAt());
    }

    @Override
    public String toString() {
        return "SubmissionResponse[%s, %s]".formatted(submissionId, status.wire());
    }

    /** A page of submissions. */
    @Schema(name = "SubmissionListResponse")
    record Listed(
            @Schema(description = "The submissions of this page, without URLs.")
            List<SubmissionResponse> results,

            @Schema(description = "Where this page stands.") PaginationResponse pagination) {

        static Listed of(Page<SubmissionEntity> page) {
            return new Listed(
                    page.items().stream()
                            .map(one -> SubmissionResponse.of(one, null))
                            .toList(),
                    PaginationResponse.of(page));
        }
    }
}
