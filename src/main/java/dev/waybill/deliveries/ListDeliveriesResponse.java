package dev.waybill.deliveries;

import dev.waybill.platform.lists.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of deliveries. */
record ListDeliveriesResponse(
        @Schema(description = "The deliveries.") List<DeliveryResponse> results,
        @Schema(description = "Where the page stands.") PaginationResponse pagination) {}
