package dev.waybill.submissions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a submission's file is. */
enum MediaStatus {
    /** A URL was given out; nobody looked at the bytes yet. */
    PENDING,
    /** The bytes lie in storage and are what was announced. */
    COMPLETED;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MediaStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
