package dev.waybill.submissions;

import dev.waybill.platform.json.WireName;

/** The status of a submission's file. */
enum MediaStatus implements WireName {
    /** A URL was signed; the bytes are not verified yet. */
    PENDING,
    /** The bytes are verified: they are in storage, and are what was announced. */
    COMPLETED
}
