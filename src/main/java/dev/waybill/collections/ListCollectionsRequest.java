package dev.waybill.collections;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that selects the collections to list; everything may be left out. */
@Schema(example = "{\"search\": \"chunks\"}")
record ListCollectionsRequest(
        @Schema(
                description = "Conditions by field: collection_id, collection_name, bucket_id, source.collection_id,"
                        + " feature_extractor_name, version, tier, created_at.",
                example = "{\"tier\": 0}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "The order; newest first when it is left out.",
                example = "{\"field\": \"tier\", \"direction\": \"asc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(description = "Part of a name.", example = "chunks") @Size(max = 200) @Nullable
        String search,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {}
