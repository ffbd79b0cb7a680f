package dev.waybill.auth;

import dev.waybill.platform.web.WireName;

/** Status of an API key. A revoked key stays revoked; {@code EXPIRED} is never stored, it follows from the clock. */
enum KeyStatus implements WireName {
    ACTIVE,
    REVOKED,
    EXPIRED
}
