package dev.waybill.auth;

import dev.waybill.platform.json.WireName;

/** An organization's plan: what it pays for, and so how big one file may be. */
public enum Plan implements WireName {
    FREE(100L << 20),
    PRO(5L << 30),
    ENTERPRISE(50L << 30);

    private final long maxFileBytes;

    Plan(long maxFileBytes) {
        this.maxFileBytes = maxFileBytes;
    }

    /** The largest file in bytes. */
    public long maxFileBytes() {
        return maxFileBytes;
    }
}
