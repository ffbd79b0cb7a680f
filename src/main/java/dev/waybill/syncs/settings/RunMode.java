package dev.waybill.syncs.settings;

import dev.waybill.platform.json.WireName;

/**
 * How much of the source a run lists. Both modes compare the listing with the ledger; neither reads unchanged files
 * again.
 */
public enum RunMode implements WireName {
    /** Continues an incomplete listing of the run before; quarantined files stay quarantined. */
    INCREMENTAL,
    /** Lists from the start, and retries quarantined files. */
    FULL
}
