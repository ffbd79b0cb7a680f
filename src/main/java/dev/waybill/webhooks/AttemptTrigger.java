package dev.waybill.webhooks;

import dev.waybill.platform.web.WireName;

/** What an attempt was made for. */
enum AttemptTrigger implements WireName {
    /** The event occurred. */
    INITIAL,
    /** The attempt before failed. */
    RETRY,
    /** Somebody asked for the delivery once more. */
    REDELIVERY,
    /** Somebody asked for a test event. */
    TEST
}
