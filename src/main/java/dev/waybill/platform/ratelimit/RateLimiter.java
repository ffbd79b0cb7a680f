package dev.waybill.platform.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * Distributed fixed-window rate limiter. Windows are aligned to the clock (a minute's begins with the minute), so all
 * instances share the same one.
 *
 * <p>A limit below 1000 is exact: each request increments the shared counter, in one round trip. From 1000 on, an
 * instance leases up to half a per cent of the limit (at most 100) at a time and spends it locally; a window may then
 * end with so much unused on each instance, and is never exceeded. Once a window is used up, refusals need no round
 * trip.
 *
 * <p>While the shared counter is unavailable each instance counts locally, from the last count it saw, and adds what it
 * counted when the counter is back.
 */
@Component
public class RateLimiter {

    static final int EXACT_BELOW = 1_000;
    private static final int LARGEST_LEASE = 100;
    private static final int MOST_KEYS = 100_000;

    private final SharedCounter shared;
    private final InstantSource clock;
    private final Cache<String, RateWindow> windows =
            Caffeine.newBuilder().maximumSize(MOST_KEYS).build();

    RateLimiter(SharedCounter shared, InstantSource clock) {
        this.shared = shared;
        this.clock = clock;
    }

    /**
     * Takes one request from a window. Never fails and never waits for an unavailable counter.
     *
     * @param name what is limited, such as {@code key}; limits of different names are independent
     * @param key whose limit it is
     * @param limit requests per window, at least 1
     * @param window the length, at least a second
     */
    public RateLimitResult acquire(String name, String key, int limit, Duration window) {
        if (limit < 1 || window.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("a limit of %d per %s limits nothing".formatted(limit, window));
        }
        long now = clock.millis();
        long length = window.toMillis();
        long number = Math.floorDiv(now, length);
        String id = name + ":" + key;
        RateWindow current = window(id, number, limit, length);
        boolean allowed = take(id, current, length);
        long resetsAt = (number + 1) * length;
        long wait = allowed ? 0 : Math.max(1, Math.ceilDiv(resetsAt - now, 1000L));
        return new RateLimitResult(
                allowed, limit, current.remaining(), Instant.ofEpochMilli(resetsAt), window, Duration.ofSeconds(wait));
    }

    private boolean take(String id, RateWindow window, long length) {
        if (window.take()) {
            return true;
        }
        if (window.isUsedUp()) {
            return false;
        }
        int size = leaseSize(window.limit());
        long owed = window.takeOwed();
        // The counter outlives its window by one, so that instances whose clocks differ a little share it.
        OptionalLong count =
                shared.add(id + ":" + window.number(), size + owed, Duration.ofMillis(Math.multiplyExact(2, length)));
        return count.isPresent() ? window.lease(size, count.getAsLong()) : window.leaseLocally(size, owed);
    }

    private RateWindow window(String id, long number, int limit, long length) {
        RateWindow cached = windows.getIfPresent(id);
        if (cached != null && cached.is(number, limit, length)) {
            return cached;
        }
        return windows.asMap()
                .compute(
                        id,
                        (key, other) -> other != null && other.is(number, limit, length)
                                ? other
                                : new RateWindow(number, limit, length));
    }

    private static int leaseSize(int limit) {
        return limit < EXACT_BELOW ? 1 : Math.min(LARGEST_LEASE, limit / 200);
    }
}
