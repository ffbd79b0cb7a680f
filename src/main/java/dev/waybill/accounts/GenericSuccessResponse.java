package dev.waybill.accounts;

import io.swagger.v3.oas.annotations.media.Schema;

/** A response that only confirms success. */
record GenericSuccessResponse(
        @Schema(description = "What was done, in a sentence.", example = "API key revoked")
        String message,

        @Schema(description = "Always true.", example = "true")
        boolean success) {

    static GenericSuccessResponse of(String message) {
        return new GenericSuccessResponse(message, true);
    }
}
