package dev.waybill.submissions;

import dev.waybill.platform.storage.PresignedUrl;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The presigned URL for a submission's file. It is a secret, so the text form is masked. */
@Schema(name = "SubmissionUpload", description = "Where to put the file, and what to send with it.")
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
record SubmissionUploadView(
        @Schema(description = "The submission's id.", example = "0199f3a2-8d5e-7c32-8e6f-4a2d9b7c3fa1")
        String submissionId,

        @Schema(description = "The project's id.", example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        String projectId,

        @Schema(
                description = "PUT the bytes here. It carries its own permission: send no key with it.",
                example = "https://files.example.com/bucket/key?X-Amz-Signature=...")
        String uploadUrl,

        @Schema(description = "Until when it works.", example = "2024-01-15T16:30:23Z")
        Instant expiresAt,

        @Schema(
                description = "Every header that must be set for the PUT.",
                example = "{\"Content-Type\": \"image/png\"}")
        Map<String, String> requiredHeaders,

        @Schema(
                description = "How many bytes the PUT must have, where that is signed. Every client sends it as its"
                        + " `Content-Length` by itself.",
                example = "204800")
        @Nullable
        Long signedContentLength) {

    static SubmissionUploadView of(SubmissionEntity submission, PresignedUrl url) {
        return new SubmissionUploadView(
                submission.submissionId().value(),
                submission.projectId().value(),
                url.url(),
                url.expiresAt(),
                url.settableHeaders(),
                url.signedLength());
    }

    @Override
    public String toString() {
        return "SubmissionUploadView[submissionId=%s, uploadUrl=***]".formatted(submissionId);
    }
}
