package dev.waybill.syncs;

import dev.waybill.platform.web.WireName;

/** Whether a sync goes on. */
enum SyncMode implements WireName {
    /** Until everything was taken once. */
    INITIAL_ONLY,
    /** For ever. */
    CONTINUOUS
}
