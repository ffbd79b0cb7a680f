package dev.waybill.collections;

import dev.waybill.platform.lists.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of collections. */
@Schema(name = "ListCollectionsResponse")
record ListCollectionsResponse(
        @Schema(description = "The collections.") List<CollectionResponse> results,
        PaginationResponse pagination,

        @Schema(description = "How many match in all.", example = "3")
        long totalCount) {}
