package dev.waybill.collections;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that selects the documents to list; everything may be left out. */
@Schema(example = "{\"filters\": {\"object_id\": \"obj_0VXsK2aQ3nB8xYz1\"}}")
record ListDocumentsRequest(
        @Schema(
                description = "Conditions by field: document_id, object_id, source_id, batch_id, document_index,"
                        + " created_at, fields.*.",
                example = "{\"fields.width\": 64}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "The order; newest first when it is left out.",
                example = "{\"field\": \"document_index\", \"direction\": \"asc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(description = "Words to find in the documents' text.", example = "headphones")
        @Size(max = 200)
        @Nullable
        String search,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {

    static final Fields FIELDS = Fields.builder()
            .token("document_id", "object_id", "collection_id", "source_id", "batch_id", "feature_extractor_id")
            .number("document_index")
            .instant("created_at")
            .any("fields.*")
            .searching("fields.text")
            .build();
}
