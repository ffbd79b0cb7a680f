package dev.waybill.platform.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The envelope of every error. */
@Schema(description = "Every error has this shape.")
public record ErrorResponse(
        @Schema(description = "Always false.", example = "false")
        boolean success,

        @Schema(description = "The HTTP status again.", example = "404")
        int status,

        @Schema(description = "What went wrong.") Problem error,

        @Schema(description = "With 422 only: the violations once more, in the form that generated clients read.")
        @Nullable
        List<Detail> detail) {

    /** What went wrong, for people and for programs. */
    @Schema(name = "ErrorProblem", description = "What went wrong, for people and for programs.")
    public record Problem(
            @Schema(
                    description = "A sentence for the person who reads it.",
                    example = "upload 'upl_0VXsK2aQ3nB8xYz1' not found")
            String message,

            @Schema(description = "The kind of error; one name for each kind.", example = "NotFoundError")
            String type,

            @Schema(
                    description =
                            "`code` is always there and stable; the rest depends on it. A 422 has `validation_errors`.",
                    example = "{\"code\": \"not_found\", \"resource\": \"upload\", \"id\": \"upl_0VXsK2aQ3nB8xYz1\"}")
            Map<String, Object> details) {}

    /** One violation, as it stands in {@code error.details.validation_errors}. */
    @Schema(name = "ValidationProblem", description = "One thing wrong with the request.")
    public record ValidationProblem(
            @Schema(description = "A stable word for the kind of violation.", example = "string_too_long")
            String type,

            @Schema(
                    description =
                            "Where, from the outside in: `body`, `query`, `path` or `header`, then names and indexes.",
                    example = "[\"body\", \"uploads\", 0, \"filename\"]")
            List<Object> location,

            @Schema(description = "What is wrong.", example = "size must be between 1 and 255")
            String message) {}

    /** One violation, as it stands in {@code detail}. */
    @Schema(name = "ValidationDetail", description = "One thing wrong with the request, in short names.")
    public record Detail(
            @Schema(description = "The location.", example = "[\"body\", \"uploads\", 0, \"filename\"]")
            List<Object> loc,

            @Schema(description = "The message.", example = "size must be between 1 and 255")
            String msg,

            @Schema(description = "The type.", example = "string_too_long")
            String type) {}
}
