package dev.waybill.webhooks;

import dev.waybill.platform.lists.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A page of webhooks. */
record ListWebhooksResponse(
        @Schema(description = "The webhooks.") List<WebhookResponse> results,
        @Schema(description = "Where the page stands.") PaginationResponse pagination,

        @Schema(description = "How many there are in all.", example = "3")
        long total) {}
