package dev.waybill.syncs;

import dev.waybill.platform.web.WireName;

/** What started a run. */
enum Trigger implements WireName {
    MANUAL,
    SCHEDULE,

    /** A pause ended. */
    RESUME,

    /** A notification by the source; no supported provider sends any. */
    WEBHOOK
}
