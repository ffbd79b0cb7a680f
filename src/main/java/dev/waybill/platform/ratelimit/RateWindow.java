package dev.waybill.platform.ratelimit;

/** One instance's state of one window of one key: the shared count as last seen, and its own lease of it. */
final class RateWindow {

    private final long number;
    private final int limit;
    private final long length;

    private long seen;
    private long leased;
    private long owed;
    private boolean full;

    RateWindow(long number, int limit, long length) {
        this.number = number;
        this.limit = limit;
        this.length = length;
    }

    boolean is(long otherNumber, int otherLimit, long otherLength) {
        return number == otherNumber && limit == otherLimit && length == otherLength;
    }

    long number() {
        return number;
    }

    int limit() {
        return limit;
    }

    /** Takes one from the lease. */
    synchronized boolean take() {
        if (leased == 0) {
            return false;
        }
        leased--;
        return true;
    }

    /** Whether the shared count has reached the limit: then no further lease can hold anything. */
    synchronized boolean isUsedUp() {
        return full;
    }

    /** What was counted while the shared counter was unavailable; the caller must now add it there. */
    synchronized long takeOwed() {
        long taken = owed;
        owed = 0;
        return taken;
    }

    /**
     * Adds a lease and takes one request from it.
     *
     * @param size how many were requested
     * @param count the shared count after they were added
     * @return false when the limit leaves none of them
     */
    synchronized boolean lease(int size, long count) {
        long usable = Math.clamp(limit - (count - size), 0, size);
        seen = Math.max(seen, count);
        full |= count >= limit;
        if (usable == 0) {
            return false;
        }
        leased += usable - 1;
        return true;
    }

    /** As {@link #lease}, while the shared counter is unavailable: counts on from what was seen last. */
    synchronized boolean leaseLocally(int size, long stillOwed) {
        owed += size + stillOwed;
        return lease(size, seen + size);
    }

    synchronized long remaining() {
        return Math.min(limit, Math.max(0, limit - seen) + leased);
    }
}
