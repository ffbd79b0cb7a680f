package dev.waybill.buckets;

import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.Page;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Response with a page of buckets.
 *
 * @param totalCount how many match on all pages
 * @param stats over all that match, not only this page
 */
record ListBucketsResponse(
        @Schema(description = "The buckets of this page, newest first unless another order was asked for.")
        List<BucketResponse> results,

        @Schema(description = "How many match in all.", example = "2")
        long totalCount,

        @Schema(description = "Where this page stands in the list.")
        PaginationResponse pagination,

        @Schema(description = "Over everything that matches, not just this page.")
        BucketListStats stats) {

    static ListBucketsResponse of(Page<Bucket> page, BucketListStats stats) {
        Long total = page.total();
        return new ListBucketsResponse(
                page.map(BucketResponse::of).items(), total == null ? 0 : total, PaginationResponse.of(page), stats);
    }
}
