package dev.waybill.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

@Schema(description = "Sums over all uploads that the filters match, not over one page.")
record UploadListStats(
        @Schema(description = "How many there are.", example = "120")
        long totalUploads,

        @Schema(description = "The bytes of those whose size is known.", example = "24576000")
        long totalSizeBytes,

        @Schema(description = "How many there are of each status.", example = "{\"PENDING\": 20, \"COMPLETED\": 100}")
        Map<String, Long> uploadsByStatus,

        @Schema(description = "Mean size in bytes of those whose size is known.", example = "204800.0")
        double avgFileSizeBytes,

        @Schema(description = "In how many buckets they are.", example = "1")
        long uniqueBuckets) {}
