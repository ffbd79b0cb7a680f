package dev.waybill.batches;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How to submit; nothing of it is needed. */
@Schema(name = "SubmitBatchRequest")
record SubmitBatchRequest(
        @Schema(description = "Accepted, and without effect: the tiers always tell.", defaultValue = "true") @Nullable
        Boolean includeProcessingHistory) {}
