package dev.waybill.batches;

import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** Which batches to list; everything may be left out. */
@Schema(name = "ListBatchesRequest", example = "{\"status\": \"COMPLETED\", \"limit\": 100}")
record ListBatchesRequest(
        @Schema(description = "Only batches in this status.", example = "COMPLETED") @Nullable
        TaskStatus status,

        @Schema(description = "How many to skip.", defaultValue = "0") @Min(0) @Max(10_000) @Nullable
        Integer offset,

        @Schema(description = "How many at most.", defaultValue = "100") @Min(1) @Max(1000) @Nullable
        Integer limit) {

    static final ListBatchesRequest EVERYTHING = new ListBatchesRequest(null, null, null);

    private static final int DEFAULT_LIMIT = 100;

    int offsetOrDefault() {
        return offset == null ? 0 : offset;
    }

    int limitOrDefault() {
        return limit == null ? DEFAULT_LIMIT : limit;
    }
}
