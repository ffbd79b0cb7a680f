package dev.waybill.submissions;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** The file that an agent wants to upload. */
@Schema(
        description = "The file that the agent is about to upload.",
        example = "{\"fileName\": \"lighthouse.png\", \"fileType\": \"image/png\", \"fileSize\": 204800}")
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
record SubmissionFileRequest(
        @NotNull
        @Size(min = 1, max = 255)
        @Schema(
                description =
                        "Its name, without path parts, control characters and those that change the direction of writing.",
                example = "lighthouse.png")
        String fileName,

        @NotNull
        @Size(min = 1, max = 255)
        @Schema(
                description = "Its media type, one that the project accepts. The PUT must be made with this very"
                        + " `Content-Type`, and confirm compares it with what the bytes show.",
                example = "image/png")
        String fileType,

        @NotNull
        @Min(1)
        @Max(ProjectCreateRequest.MOST_BYTES)
        @Schema(description = "Its size in bytes: storage refuses a body of another length.", example = "204800")
        Long fileSize) {}
