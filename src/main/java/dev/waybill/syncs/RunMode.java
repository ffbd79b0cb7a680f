package dev.waybill.syncs;

import dev.waybill.platform.web.WireName;

/** How much a run looks at. Both compare what is listed with the ledger; neither reads again what it has. */
enum RunMode implements WireName {
    /** Goes on where the run before did not come to the end of the listing; what is in quarantine stays there. */
    INCREMENTAL,
    /** Lists from the start, and tries again what is in quarantine. */
    FULL
}
