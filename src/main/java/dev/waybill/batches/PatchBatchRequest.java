package dev.waybill.batches;

import dev.waybill.platform.json.Change;
import dev.waybill.platform.json.FreeJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that changes a batch's metadata. */
@Schema(name = "PatchBatchRequest", example = "{\"metadata\": {\"campaign\": \"spring\"}}")
record PatchBatchRequest(
        @Schema(implementation = Map.class, description = "Takes the place of the old one as a whole; null empties it.")
        @Nullable
        Change<Map<String, Object>> metadata) {

    /** Null changes nothing. */
    @Nullable
    Map<String, Object> read() {
        Map<String, Object> free = Change.orNone(metadata).orEmpty(Map.of());
        FreeJson.check("metadata", free);
        return free;
    }
}
