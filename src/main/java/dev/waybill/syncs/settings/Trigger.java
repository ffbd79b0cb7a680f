package dev.waybill.syncs.settings;

import dev.waybill.platform.json.WireName;

/** What started a run. */
public enum Trigger implements WireName {
    MANUAL,
    SCHEDULE,

    /** A pause ended. */
    RESUME,

    /** A notification by the source; no supported provider sends any. */
    WEBHOOK
}
