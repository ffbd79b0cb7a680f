package dev.waybill.batches;

import dev.waybill.platform.lists.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of batches. */
@Schema(name = "ListBatchesResponse")
record ListBatchesResponse(
        @Schema(description = "The batches.") List<BatchResponse> results,

        @Schema(description = "Where the page stands in the list.")
        PaginationResponse pagination,

        @Schema(description = "How many match in all.", example = "3")
        long totalCount) {}
