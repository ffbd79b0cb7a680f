package dev.waybill.syncs.settings;

import dev.waybill.platform.json.WireName;

/** Whether a sync runs once or continuously. */
public enum SyncMode implements WireName {
    /** Until everything was copied once. */
    INITIAL_ONLY,
    /** For ever. */
    CONTINUOUS
}
