package dev.waybill.connectors.azure;

/**
 * The operation that was requested of Azure, as far as the meaning of an error depends on it.
 *
 * @param container for messages; empty for the account
 */
record AzureOperation(About about, String container) {

    /** The kind of operation. */
    enum About {
        ACCOUNT,
        LISTING,
        FILE,
        TAGS
    }
}
