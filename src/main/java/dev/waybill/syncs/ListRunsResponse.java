package dev.waybill.syncs;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import dev.waybill.syncs.runs.RunResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of a sync's runs. */
@Schema(name = "SyncRunListResponse")
record ListRunsResponse(
        @Schema(description = "The runs, the newest first.") List<RunResponse> results,
        @Schema(description = "Where the page stands.") PaginationResponse pagination,

        @Schema(description = "How many there are in all.", example = "12")
        long total) {

    static ListRunsResponse of(Page<RunResponse> page) {
        Long total = page.total();
        return new ListRunsResponse(
                page.items(),
                PaginationResponse.of(page),
                total == null ? page.items().size() : total);
    }
}
