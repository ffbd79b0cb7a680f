package dev.waybill.syncs;

import dev.waybill.platform.web.WireName;

/** Why a run was begun. */
enum Trigger implements WireName {
    MANUAL,
    SCHEDULE,
    RESUME,
    WEBHOOK
}
