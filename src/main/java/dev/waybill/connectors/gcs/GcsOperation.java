package dev.waybill.connectors.gcs;

/**
 * What Google was asked, as far as that makes a difference to what its refusal means.
 *
 * @param bucket for sentences
 */
record GcsOperation(About about, String bucket) {

    /** What it was about. */
    enum About {
        LISTING,
        /** What is told of a file. */
        FILE,
        /** The bytes of one generation of a file. */
        BYTES
    }
}
