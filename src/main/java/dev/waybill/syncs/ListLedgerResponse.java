package dev.waybill.syncs;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import dev.waybill.syncs.runs.LedgerRowResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of a ledger. */
@Schema(name = "SyncLedgerListResponse")
record ListLedgerResponse(
        @Schema(description = "The rows.") List<LedgerRowResponse> results,
        @Schema(description = "Where the page stands.") PaginationResponse pagination,

        @Schema(
                description =
                        "How many there are in all; of a ledger's rows with `include_total` only, as counting many"
                                + " takes its time.",
                example = "1200")
        @Nullable
        Long total) {

    static ListLedgerResponse of(Page<LedgerRowResponse> page) {
        return new ListLedgerResponse(page.items(), PaginationResponse.of(page), page.total());
    }
}
