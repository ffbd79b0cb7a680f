package dev.waybill.connections;

import java.util.List;

/** Status of a connection. */
public enum ConnectionStatus {
    ACTIVE,
    /** The last check or run failed. It is still used, and is ACTIVE again with the next success. */
    FAILED,
    /** Not used: on request, or after too many failures in a row. */
    SUSPENDED,
    /** Deleted, for good. */
    ARCHIVED;

    static final List<ConnectionStatus> USABLE = List.of(ACTIVE, FAILED);

    /** Whether its source may be opened. */
    public boolean isUsable() {
        return USABLE.contains(this);
    }
}
