package dev.waybill.auth;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** A shared counter in memory, which a test can take away and give back. */
public final class MemoryCounter implements SharedCounter {

    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    volatile boolean away;
    volatile int asked;

    @Override
    public synchronized OptionalLong add(String key, long amount, Duration ttl) {
        asked++;
        return away ? OptionalLong.empty() : OptionalLong.of(counts.merge(key, amount, Long::sum));
    }
}
