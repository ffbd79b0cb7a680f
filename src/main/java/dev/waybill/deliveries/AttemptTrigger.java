package dev.waybill.deliveries;

import dev.waybill.platform.json.WireName;

/** Why a delivery attempt was made. */
enum AttemptTrigger implements WireName {
    /** The event occurred. */
    INITIAL,
    /** A retry: the attempt before failed. */
    RETRY,
    /** Somebody requested a redelivery. */
    REDELIVERY,
    /** Somebody requested a test event. */
    TEST
}
