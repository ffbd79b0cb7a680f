package dev.waybill.batches;

import dev.waybill.platform.errors.InvalidRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Request body that selects what a retry runs again; everything may be left out. */
@Schema(name = "RetryBatchRequest", example = "{\"retry_mode\": \"all\"}")
record RetryBatchRequest(
        @Schema(
                description =
                        "`transient_only`: what may work another time, such as storage that was away; `all`: broken"
                                + " files too.",
                allowableValues = {"transient_only", "all"},
                defaultValue = "transient_only")
        @Nullable
        String retryMode,

        @Schema(description = "Only failures of these tiers, counted from 0; left out, of all.", example = "[0]")
        @Nullable
        List<@NotNull @Min(0) Integer> tierNums,

        @Schema(description = "Nothing that was run again so often already.", defaultValue = "3")
        @Min(1)
        @Max(10)
        @Nullable
        Integer maxRetryCount) {

    static final RetryBatchRequest DEFAULTS = new RetryBatchRequest(null, null, null);

    private static final String TRANSIENT_ONLY = "transient_only";
    private static final int DEFAULT_MAX = 3;

    String mode() {
        return retryMode == null ? TRANSIENT_ONLY : retryMode;
    }

    RetrySelection terms() {
        if (!mode().equals(TRANSIENT_ONLY) && !mode().equals("all")) {
            throw InvalidRequest.field("retry_mode", "Input should be 'transient_only' or 'all'", "enum");
        }
        return new RetrySelection(
                mode().equals(TRANSIENT_ONLY),
                tierNums == null ? List.of() : tierNums,
                maxRetryCount == null ? DEFAULT_MAX : maxRetryCount);
    }
}
