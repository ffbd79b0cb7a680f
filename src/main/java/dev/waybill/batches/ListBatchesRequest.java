package dev.waybill.batches;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.waybill.platform.lists.PagedBody;
import dev.waybill.platform.lists.Paging;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Request body that selects the batches to list; everything may be left out. */
@Schema(name = "ListBatchesRequest", example = "{\"status\": \"COMPLETED\", \"limit\": 100}")
record ListBatchesRequest(
        @Schema(description = "Only batches in this status.", example = "COMPLETED") @Nullable
        TaskStatus status,

        @JsonUnwrapped @Nullable Paging paging)
        implements PagedBody {}
