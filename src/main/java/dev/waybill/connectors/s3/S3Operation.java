package dev.waybill.connectors.s3;

/**
 * The operation that was requested of a store, as far as the meaning of an error depends on it.
 *
 * @param bucket empty when it concerns none
 * @param offersToPay whether the request offered to pay
 */
record S3Operation(About about, String bucket, boolean offersToPay) {

    /** The kind of operation. */
    enum About {
        ACCOUNT,
        LISTING,
        FILE,
        TAGS
    }
}
