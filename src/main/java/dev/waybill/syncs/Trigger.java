package dev.waybill.syncs;

import dev.waybill.platform.web.WireName;

/** Why a run was begun. */
enum Trigger implements WireName {
    MANUAL,
    SCHEDULE,

    /** A pause ended. */
    RESUME,

    /** The source told of something; no provider that is here does. */
    WEBHOOK
}
