package dev.waybill.objects.requests;

import dev.waybill.objects.ObjectCounts;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Response with a page of objects. */
@Schema(name = "ListObjectsResponse")
record ListObjectsResponse(
        @ArraySchema(
                schema = @Schema(implementation = ObjectResponse.class),
                arraySchema =
                        @Schema(
                                description = "The objects of this page, newest first unless another order was asked"
                                        + " for; with `select`, cut down to the fields that were asked for."))
        List<JsonNode> results,

        @Schema(description = "Where this page stands in the list.")
        PaginationResponse pagination,

        @Schema(
                description = "Counts over everything that matches, not just this page. Answered with the first page, "
                        + "and with any page that asks for `include_total`.")
        @Nullable
        ObjectListStats stats) {

    /** Counts over all objects that match a list request. */
    @Schema(name = "ObjectListStats")
    record ObjectListStats(
            @Schema(description = "Objects that match.", example = "128")
            long totalObjects,

            @Schema(description = "Blobs of these objects.", example = "130")
            long totalBlobs,

            @Schema(description = "Blobs of the average object; 0 without objects.", example = "1.02")
            double avgBlobsPerObject,

            @Schema(description = "How many objects there are in each status.", example = "{\"DRAFT\": 128}")
            Map<String, Long> objectsByStatus) {

        static ObjectListStats of(ObjectCounts counts) {
            Map<String, Long> byStatus = new LinkedHashMap<>();
            for (TaskStatus status : TaskStatus.values()) {
                Long count = counts.byStatus().get(status);
                if (count != null) {
                    byStatus.put(status.name(), count);
                }
            }
            double average = counts.objects() == 0 ? 0 : (double) counts.blobs() / counts.objects();
            return new ObjectListStats(counts.objects(), counts.blobs(), average, byStatus);
        }
    }
}
