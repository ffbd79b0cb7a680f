package dev.waybill.submissions;

import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.storage.ObjectStorage;
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
        @Size(max = 255)
        @Schema(
                description = "Its media type, one that the project accepts; aliases and parameters are understood."
                        + " Empty, and what is no media type, such as `null`, `csv` and `image/*`, is"
                        + " application/octet-stream: then the name tells what it is, or the bytes alone. The PUT must be"
                        + " made with the `Content-Type` of `requiredHeaders`. Confirm takes the file if its bytes are"
                        + " what the project accepts, and what this and the name say.",
                example = "image/png")
        String fileType,

        @NotNull
        @Min(0)
        @Max(ObjectStorage.MAX_PUT_BYTES)
        @Schema(
                description = "Its size in bytes: storage refuses a body of another length. 0 is taken of text, of JSON"
                        + " Lines, and of whatever has no shape of its own; not of pictures, sound, films, PDF, JSON and"
                        + " spreadsheets.",
                example = "204800")
        Long fileSize) {

    SubmissionFileRequest {
        // Null until it is checked.
        fileType = fileType == null ? null : MediaTypes.signable(fileType);
    }
}
