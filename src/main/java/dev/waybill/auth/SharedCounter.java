package dev.waybill.auth;

import java.time.Duration;
import java.util.OptionalLong;

/** A counter that all instances share. */
interface SharedCounter {

    /**
     * Adds to a counter, which begins at zero.
     *
     * @param ttl how long the counter is kept after its first use
     * @return the sum, or empty when the counter is away and nothing was added
     */
    OptionalLong add(String key, long amount, Duration ttl);
}
