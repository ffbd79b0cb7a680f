package dev.waybill.namespaces;

import dev.waybill.platform.web.PaginationResponse;
import java.util.List;

/**
 * A page of namespaces.
 *
 * @param totalCount how many match in all
 * @param stats over all that match, not only this page
 */
record ListNamespacesResponse(
        List<NamespaceResponse> results, PaginationResponse pagination, long totalCount, NamespaceListStats stats) {}
