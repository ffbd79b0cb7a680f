package dev.waybill.submissions;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Body of the creation of a submission; it may be missing. */
@Schema(example = "{\"text\": \"A lighthouse stands where the map ends.\"}")
@JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
record SubmissionCreateRequest(
        @Nullable
        @Size(min = 1, max = 100_000)
        @Schema(
                description =
                        "The work itself, when it is text: it is submitted at once, without a file. Left out: a file"
                                + " follows.",
                example = "A lighthouse stands where the map ends.")
        String text) {}
