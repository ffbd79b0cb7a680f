package dev.waybill.platform.ratelimit;

import java.time.Duration;
import java.util.OptionalLong;

/** Port for counters that all instances share. */
interface SharedCounter {

    /**
     * Increments a counter, which begins at zero.
     *
     * @param ttl time to live of the counter, from its first use on
     * @return the sum, or empty when the counter is unavailable and nothing was added
     */
    OptionalLong add(String key, long amount, Duration ttl);
}
