package dev.waybill.buckets;

import dev.waybill.platform.web.PaginationResponse;
import java.util.List;

/**
 * A page of buckets.
 *
 * @param totalCount how many match in all
 * @param stats over all that match, not only this page
 */
record ListBucketsResponse(
        List<BucketResponse> results, long totalCount, PaginationResponse pagination, BucketListStats stats) {}
