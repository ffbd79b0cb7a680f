package dev.waybill.namespaces;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.ListBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.platform.query.Fields;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body to list namespaces: filters, order and page. */
@Schema(example = "{\"search\": \"prod\", \"sort\": {\"field\": \"created_at\", \"direction\": \"desc\"}}")
record ListNamespacesRequest(
        @Schema(
                description = "Conditions by field: namespace_id, namespace_name, namespace_type, description,"
                        + " auto_create_indexes, feature_extractors.*, infrastructure.*, created_at, updated_at.",
                example = "{\"namespace_type\": \"standard\"}")
        @Nullable
        Map<String, Object> filters,

        @Schema(
                description = "The order; newest first when it is left out.",
                example = "{\"field\": \"namespace_name\", \"direction\": \"asc\"}")
        @Nullable
        Map<String, Object> sort,

        @Schema(description = "Part of a name or a description.", example = "prod") @Nullable
        String search,

        @Schema(
                description = "Whether search and filters mind case; a condition may say so for itself.",
                defaultValue = "false")
        @Nullable
        Boolean caseSensitive,

        @JsonUnwrapped @Nullable Paging paging)
        implements ListBody {

    /** Fields for filters, order and search. */
    static final Fields FIELDS = Fields.builder()
            .stored("namespace_id", Fields.Kind.TOKEN, "_id")
            .token("namespace_type")
            .text("namespace_name", "description")
            .text("feature_extractors.feature_extractor_name", "feature_extractors.version")
            .bool("auto_create_indexes")
            .instant("created_at", "updated_at")
            .any("infrastructure.*")
            .searching("namespace_name", "description")
            .build();
}
