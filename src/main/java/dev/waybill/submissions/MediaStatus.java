package dev.waybill.submissions;

import dev.waybill.platform.web.WireName;

/** How far a submission's file is. */
enum MediaStatus implements WireName {
    /** A URL was given out; nobody looked at the bytes yet. */
    PENDING,
    /** The bytes lie in storage and are what was announced. */
    COMPLETED
}
