package dev.waybill.batches;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to change. */
@Schema(name = "PatchBatchRequest", example = "{\"metadata\": {\"campaign\": \"spring\"}}")
record PatchBatchRequest(
        @Schema(description = "Takes the place of the old one as a whole; left out, nothing changes.") @Nullable
        Map<String, Object> metadata) {}
