package dev.waybill.platform.ratelimit;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** A shared counter in memory, which a test can make unavailable. */
public final class MemoryCounter implements SharedCounter {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    volatile boolean unavailable;
    volatile int calls;

    @Override
    public synchronized OptionalLong add(String key, long amount, Duration ttl) {
        calls++;
        return unavailable ? OptionalLong.empty() : OptionalLong.of(counts.merge(key, amount, Long::sum));
    }
}
