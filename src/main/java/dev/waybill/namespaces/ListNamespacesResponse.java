package dev.waybill.namespaces;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * A page of namespaces.
 *
 * @param totalCount how many match in all
 * @param stats over all matches, not only this page
 */
record ListNamespacesResponse(
        @Schema(description = "The namespaces of this page, newest first unless another order was asked for.")
        List<NamespaceResponse> results,

        @Schema(description = "Where this page stands in the list.")
        PaginationResponse pagination,

        @Schema(description = "How many match in all.", example = "2")
        long totalCount,

        @Schema(description = "Over everything that matches, not just this page.")
        NamespaceListStats stats) {

    static ListNamespacesResponse of(Page<NamespaceResponse> page, NamespaceListStats stats) {
        Long total = page.total();
        return new ListNamespacesResponse(page.items(), PaginationResponse.of(page), total == null ? 0 : total, stats);
    }
}
