package dev.waybill.webhooks;

import dev.waybill.platform.errors.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How to rotate a secret. */
@Schema(example = "{\"overlap_seconds\": 86400}")
record RotateSecretRequest(
        @Schema(
                description = "How long the secret before goes on signing beside the new one, 0 to 604800 seconds."
                        + " Default: a day.",
                minimum = "0",
                maximum = "604800",
                example = "86400")
        @Nullable
        Integer overlapSeconds) {

    private static final int MAX_SECONDS = 604_800;

    Duration overlap(Duration otherwise) {
        if (overlapSeconds == null) {
            return otherwise;
        }
        if (overlapSeconds < 0 || overlapSeconds > MAX_SECONDS) {
            throw InvalidRequest.field(
                    "overlap_seconds", "Input should be from 0 to %d".formatted(MAX_SECONDS), "out_of_range");
        }
        return Duration.ofSeconds(overlapSeconds);
    }
}
