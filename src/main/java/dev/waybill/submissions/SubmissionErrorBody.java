package dev.waybill.submissions;

import io.swagger.v3.oas.annotations.media.Schema;

/** The envelope of errors. */
@Schema(name = "SubmissionError", description = "What went wrong.")
record SubmissionErrorBody(
        @Schema(description = "Always false.", example = "false")
        boolean success,

        @Schema(description = "What went wrong.") Problem error) {

    /** What went wrong: for programs, and for people. */
    @Schema(name = "SubmissionProblem")
    record Problem(
            @Schema(description = "A stable word for programs.", example = "SUBMISSION_NOT_FOUND")
            String code,

            @Schema(description = "A sentence for people.", example = "Submission not found or not authorized")
            String message) {}

    static SubmissionErrorBody of(AgentError error) {
        return new SubmissionErrorBody(false, new Problem(error.code(), error.message()));
    }
}
