package dev.waybill.agents;

import dev.waybill.platform.json.WireName;

/** Whether an agent's key works: only that of an active one does. */
enum AgentStatus implements WireName {
    ACTIVE,
    /** Until it is set back to active. */
    SUSPENDED,
    /** For good. */
    REVOKED
}
