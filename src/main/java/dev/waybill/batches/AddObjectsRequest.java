package dev.waybill.batches;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/** Request body that adds objects to a draft. */
@Schema(name = "AddObjectsToBatchRequest", example = "{\"object_ids\": [\"obj_0VXsK2aQ3nB8xYz1\"]}")
record AddObjectsRequest(
        @Schema(description = "Objects of the bucket, at least one; those that stand there already count once.")
        @NotEmpty
        List<@NotNull @Size(min = 1, max = 100) String> objectIds) {}
