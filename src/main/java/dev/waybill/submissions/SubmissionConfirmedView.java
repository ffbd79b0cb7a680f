package dev.waybill.submissions;

import dev.waybill.platform.json.WireName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The response to a confirm. */
@Schema(name = "SubmissionConfirmed", description = "The submission is in.")
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
record SubmissionConfirmedView(
        @Schema(description = "What happened, in a sentence.", example = "Submission confirmed successfully")
        String message,

        @Schema(description = "The submission's id.", example = "0199f3a2-8d5e-7c32-8e6f-4a2d9b7c3fa1")
        String submissionId,

        @Schema(description = "Always `submitted`.", example = "submitted")
        SubmissionStatus status,

        @Schema(
                description = "Whole seconds from the submission's creation to now, by the server's clock.",
                example = "127")
        long generationTimeSeconds,

        @Schema(description = "Now, by the server's clock.", example = "2024-01-15T15:32:30Z")
        Instant confirmedAt) {

    static SubmissionConfirmedView of(SubmissionEntity submission) {
        Instant confirmedAt = submission.confirmedAt();
        Long seconds = submission.generationTimeSeconds();
        return new SubmissionConfirmedView(
                "Submission confirmed successfully",
                submission.submissionId().value(),
                WireName.of(SubmissionStatus.class, submission.status()),
                seconds == null ? 0 : seconds,
                confirmedAt == null ? submission.createdAt() : confirmedAt);
    }
}
