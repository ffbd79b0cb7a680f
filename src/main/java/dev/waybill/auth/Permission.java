package dev.waybill.auth;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a key may do. {@code ADMIN} includes the others. */
public enum Permission {
    READ,
    WRITE,
    DELETE,
    ADMIN;

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
