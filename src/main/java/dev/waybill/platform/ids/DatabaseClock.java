package dev.waybill.platform.ids;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The database's clock, as this machine's clock plus a measured offset: so all instances mean the same by "now", and
 * stored instants can be compared with it. Until it is known how far the two are apart, it shows the machine's own
 * time.
 */
public final class DatabaseClock {

    private final InstantSource machine;
    private volatile Duration offset = Duration.ZERO;

    public DatabaseClock(InstantSource machine) {
        this.machine = machine;
    }

    /** Cut to the millisecond, because MongoDB's dates hold no more. */
    public Instant instant() {
        return machine.instant().plus(offset).truncatedTo(ChronoUnit.MILLIS);
    }

    /** This machine's own time, which no other machine knows. */
    public Instant machineTime() {
        return machine.instant();
    }

    /** How far the database's clock is ahead of this machine's; negative when it is behind. */
    public Duration offset() {
        return offset;
    }

    /** @param offset how far the database's clock was found to be ahead of this machine's */
    public void follow(Duration offset) {
        this.offset = offset;
    }
}
