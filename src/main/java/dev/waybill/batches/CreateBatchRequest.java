package dev.waybill.batches;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Request body that creates a batch. */
@Schema(name = "CreateBatchRequest", example = "{\"object_ids\": [\"obj_0VXsK2aQ3nB8xYz1\"]}")
record CreateBatchRequest(
        @Schema(description = "Objects of the bucket, at least one; repeated ones count once.") @NotEmpty
        List<@NotNull @Size(min = 1, max = 100) String> objectIds) {}
