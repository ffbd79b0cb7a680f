package dev.waybill.connectors.s3;

/**
 * What a store was asked, as far as that makes a difference to what its refusal means.
 *
 * @param bucket empty when it was about none
 * @param offersToPay whether whoever asks said that it pays
 */
record S3Operation(About about, String bucket, boolean offersToPay) {

    /** What it was about. */
    enum About {
        ACCOUNT,
        LISTING,
        FILE,
        TAGS
    }
}
