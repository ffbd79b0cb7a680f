package dev.waybill.syncs;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import dev.waybill.syncs.runs.SyncResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of syncs. */
@Schema(name = "SyncListResponse")
record ListSyncsResponse(
        @Schema(description = "The syncs.") List<SyncResponse> results,
        @Schema(description = "Where the page stands.") PaginationResponse pagination,

        @Schema(description = "How many there are in all, whatever the page.", example = "3")
        long total,

        @Schema(description = "The same as `results`; in the answer to GET only, for older clients.") @Nullable
        List<SyncResponse> syncs,

        @Schema(description = "The same as `total`; in the answer to GET only, for older clients.", example = "3")
        @Nullable
        Long totalCount) {

    static ListSyncsResponse of(Page<SyncResponse> page) {
        return new ListSyncsResponse(page.items(), PaginationResponse.of(page), total(page), null, null);
    }

    /** With the field names of older clients as well. */
    static ListSyncsResponse withOlderNames(Page<SyncResponse> page) {
        return new ListSyncsResponse(page.items(), PaginationResponse.of(page), total(page), page.items(), total(page));
    }

    private static long total(Page<SyncResponse> page) {
        Long total = page.total();
        return total == null ? page.items().size() : total;
    }
}
