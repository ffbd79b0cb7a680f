package dev.waybill.submissions;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether an agent's key works: only that of an active one does. */
enum AgentStatus {
    ACTIVE,
    /** Until it is set back to active. */
    SUSPENDED,
    /** For good. */
    REVOKED;

    @JsonValue
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AgentStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
