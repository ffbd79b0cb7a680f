package dev.waybill.submissions;

import dev.waybill.platform.web.WireName;
import java.util.Locale;

/** Whether an agent's key works: only that of an active one does. */
enum AgentStatus implements WireName {
    ACTIVE,
    /** Until it is set back to active. */
    SUSPENDED,
    /** For good. */
    REVOKED;

    static AgentStatus of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }
}
