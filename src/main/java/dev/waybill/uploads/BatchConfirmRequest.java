package dev.waybill.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(
        description = "Up to 100 uploads to confirm in the background.",
        example =
                "{\"confirmations\": [{\"upload_id\": \"upl_0VXsK2aQ3nB8xYz1\"}, {\"upload_id\": \"upl_0VXsK2aQ3nB8xYz2\", \"file_size_bytes\": 204800}]}")
record BatchConfirmRequest(
        @Schema(description = "The uploads, 1 to 100, each once.") @NotNull @Size(min = 1, max = 100)
        List<@Valid @NotNull Item> confirmations,

        @Schema(
                description =
                        "Whether the new objects are processed at once, by one batch: the task names it when it is"
                                + " done.",
                defaultValue = "false")
        @Nullable
        Boolean autoSubmitBatch) {

    boolean submitsBatch() {
        return autoSubmitBatch != null && autoSubmitBatch;
    }

    @Schema(name = "BatchConfirmItem", description = "One upload to confirm.")
    record Item(
            @Schema(description = "The upload.", example = "upl_0VXsK2aQ3nB8xYz1") @NotNull @Size(min = 1, max = 100)
            String uploadId,

            @Schema(description = "The ETag that the PUT returned.", example = "\"d41d8cd98f00b204e9800998ecf8427e\"")
            @Size(min = 1, max = 1024)
            @Nullable
            String etag,

            @Schema(description = "How many bytes were put.", example = "204800") @Min(0) @Nullable
            Long fileSizeBytes) {}
}
