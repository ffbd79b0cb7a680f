package dev.waybill.syncs;

import dev.waybill.platform.query.Page;
import dev.waybill.platform.web.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of a ledger. */
@Schema(name = "SyncLedgerListResponse")
record ListLedgerResponse(
        @Schema(description = "The rows.") List<LedgerRowResponse> results,
        @Schema(description = "Where the page stands.") PaginationResponse pagination,

        @Schema(description = "How many there are in all.", example = "1200")
        long total) {

    static ListLedgerResponse of(SyncDocument sync, Page<LedgerDocument> page) {
        Long total = page.total();
        return new ListLedgerResponse(
                page.items().stream()
                        .map(row -> LedgerRowResponse.of(sync, row))
                        .toList(),
                PaginationResponse.of(page),
                total == null ? page.items().size() : total);
    }
}
