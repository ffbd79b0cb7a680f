package dev.waybill.submissions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The envelope of successful responses. A null is written here, unlike in the first API. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record SubmissionAnswer<T>(
        @Schema(description = "Always true.", example = "true")
        boolean success,

        @Schema(description = "What was asked for.") T data,

        @Nullable @Schema(description = "Always null.", types = "null", requiredMode = Schema.RequiredMode.REQUIRED)
        Object error) {

    static <T> SubmissionAnswer<T> of(T data) {
        return new SubmissionAnswer<>(true, data, null);
    }
}
