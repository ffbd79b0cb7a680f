package dev.waybill.auth;

/** An answer that only says that it was done. */
record GenericSuccessResponse(String message, boolean success) {

    static GenericSuccessResponse of(String message) {
        return new GenericSuccessResponse(message, true);
    }
}
