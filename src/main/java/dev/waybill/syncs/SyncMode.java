package dev.waybill.syncs;

import dev.waybill.platform.web.WireName;

/** Whether a sync runs once or continuously. */
enum SyncMode implements WireName {
    /** Until everything was copied once. */
    INITIAL_ONLY,
    /** For ever. */
    CONTINUOUS
}
