package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a key works. A revoked key stays revoked; {@code EXPIRED} is never stored, it follows from the clock. */
enum KeyStatus {
    ACTIVE,
    REVOKED,
    EXPIRED;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
