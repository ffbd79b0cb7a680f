package dev.waybill.uploads;

import dev.waybill.platform.lists.PaginationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(description = "A page of uploads.")
record ListUploadsResponse(
        @Schema(description = "The uploads, newest first unless asked otherwise.")
        List<UploadResponse> results,

        @Schema(description = "Where this page stands.") PaginationResponse pagination,

        @Schema(description = "Sums over everything that matches.")
        UploadListStats stats) {}
