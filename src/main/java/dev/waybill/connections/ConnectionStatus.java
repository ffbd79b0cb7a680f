package dev.waybill.connections;

import java.util.List;

/** Whether a connection works. */
public enum ConnectionStatus {
    ACTIVE,
    /** The last check or run failed. It is tried again, and is ACTIVE with the next one that succeeds. */
    FAILED,
    /** Not used: somebody said so, or it failed too often in a row. */
    SUSPENDED,
    /** Deleted, for good. */
    ARCHIVED;

    static final List<ConnectionStatus> USABLE = List.of(ACTIVE, FAILED);

    /** Whether its source may be opened. */
    public boolean isUsable() {
        return USABLE.contains(this);
    }
}
