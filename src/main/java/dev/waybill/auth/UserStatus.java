package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a person's keys work: only those of an active one do. */
enum UserStatus {
    ACTIVE,
    SUSPENDED,
    PENDING;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
