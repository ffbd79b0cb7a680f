package dev.waybill.uploads;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(description = "The uploads, in the order of the request.")
record BatchUploadResponse(
        @Schema(description = "Each as a single request would have got it.")
        List<UploadResponse> uploads,

        @Schema(description = "How many there are.", example = "2")
        int total) {}
