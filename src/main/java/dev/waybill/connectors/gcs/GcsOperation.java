package dev.waybill.connectors.gcs;

/**
 * The operation that was requested of Google, as far as the meaning of an error depends on it.
 *
 * @param bucket for messages
 */
record GcsOperation(About about, String bucket) {

    /** The kind of operation. */
    enum About {
        LISTING,
        /** The metadata of a file. */
        FILE,
        /** The bytes of one generation of a file. */
        BYTES
    }
}
