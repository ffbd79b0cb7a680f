package dev.waybill.objects;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What became of the objects of a batch. */
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
        int failedCount) {

    /** Why one object was not made. */
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
