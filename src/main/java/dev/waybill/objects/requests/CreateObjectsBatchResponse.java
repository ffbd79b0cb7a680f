package dev.waybill.objects.requests;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Response to a batch of creates: which succeeded and which failed. */
@Schema(name = "CreateObjectsBatchResponse")
record CreateObjectsBatchResponse(
        @Schema(description = "Those that were made, in the request's order.")
        List<ObjectResponse> succeeded,

        @Schema(description = "Those that were not, in the request's order. Nothing of them is left.")
        List<FailedObjectError> failed,

        @Schema(
                description = "How many objects were asked for.",
                example = "2",
                requiredMode = Schema.RequiredMode.REQUIRED)
        int totalRequested,

        @Schema(description = "How many were made.", example = "1", requiredMode = Schema.RequiredMode.REQUIRED)
        int succeededCount,

        @Schema(description = "How many were not.", example = "1", requiredMode = Schema.RequiredMode.REQUIRED)
        int failedCount,

        @Schema(
                description = "The batch that processes them, with `auto_process`; left out otherwise.",
                example = "btch_0VXsK2aQ3nB8xYz1")
        @Nullable
        String batchId,

        @Schema(
                description = "The batch's task, with `auto_process`; left out otherwise.",
                example = "01932f4e-8f0a-7c3d-9b2e-5a1f6c7d8e90")
        @Nullable
        String taskId) {

    /** The error of one object of a batch. */
    @Schema(name = "FailedObjectError")
    record FailedObjectError(
            @Schema(description = "Its place in the request, from 0.", example = "1")
            int objectIndex,

            @Schema(
                    description = "What is wrong, and with which blob.",
                    example = "blobs[0] (hero_image): The URL could not be fetched: 'example.com' answers with "
                            + "status 404")
            String error,

            @Schema(description = "What `error.type` would be for this object alone.", example = "BadRequestError")
            String errorType) {}
}
