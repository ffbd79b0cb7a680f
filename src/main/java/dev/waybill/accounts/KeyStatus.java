package dev.waybill.accounts;

import dev.waybill.platform.json.WireName;

/** Status of an API key. A revoked key stays revoked; {@code EXPIRED} is never stored, it follows from the clock. */
enum KeyStatus implements WireName {
    ACTIVE,
    REVOKED,
    EXPIRED
}
