package dev.waybill.connectors.azure;

/**
 * What Azure was asked, as far as that makes a difference to what its refusal means.
 *
 * @param container for sentences; empty for the account
 */
record AzureOperation(About about, String container) {

    /** What it was about. */
    enum About {
        ACCOUNT,
        LISTING,
        FILE,
        TAGS
    }
}
