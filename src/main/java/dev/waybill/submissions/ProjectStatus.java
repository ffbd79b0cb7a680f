package dev.waybill.submissions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether agents may submit to a project. */
enum ProjectStatus {
    OPEN,
    CLOSED;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ProjectStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
