package dev.waybill.batches;

import io.swagger.v3.oas.annotations.media.Schema;

/** Response to the deletion of a batch. */
@Schema(name = "DeleteBatchResponse")
record DeleteBatchResponse(
        @Schema(description = "In words.", example = "Successfully deleted")
        String message,

        @Schema(description = "Always true: what cannot be deleted is an error.", example = "true")
        boolean success) {

    static final DeleteBatchResponse DONE = new DeleteBatchResponse("Successfully deleted", true);
}
