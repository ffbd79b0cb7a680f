package dev.waybill.aggregations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** Response of an aggregation. */
@Schema(name = "ObjectAggregationResponse")
record ObjectAggregationResponse(
        @Schema(description = "One entry for each group, in the order that was asked for.")
        List<AggregationResult> results,

        @Schema(
                description = "How many groups there are, those beyond `limit` included.",
                example = "12",
                requiredMode = Schema.RequiredMode.REQUIRED)
        int totalGroups,

        @Schema(
                description = "How the question was understood.",
                example = "{\"sort_by\": \"objects\", \"sort_direction\": \"desc\", \"limit\": 100}")
        Map<String, Object> queryInfo) {

    /** One group. */
    @Schema(name = "AggregationResult")
    record AggregationResult(
            @Schema(
                    description = "The values that make the group, by their aliases.",
                    example = "{\"campaign\": \"spring\"}",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            Map<String, Object> group,

            @Schema(
                    description = "What was computed, by its aliases.",
                    example = "{\"objects\": 12}",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            Map<String, Object> metrics) {}
}
