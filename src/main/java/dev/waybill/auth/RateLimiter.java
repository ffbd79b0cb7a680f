package dev.waybill.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/**
 * Counts requests in fixed windows that all instances share. Windows are cut from the clock (a minute's begins with the
 * minute), so every instance means the same one.
 *
 * <p>A limit below 1000 is exact: each request asks the shared counter, in one round trip. From 1000 on, an instance
 * takes up to half a per cent of the limit (at most 100) at a time and hands it out by itself; a window may then end
 * with so much unused on each instance, and is never exceeded. Once a window is used up, refusals ask nobody.
 *
 * <p>While the shared counter is away each instance counts for itself, from the last count it saw, and brings what it
 * counted along when the counter is back.
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
     * Takes one request from a window. Never fails and never waits for a counter that is away.
     *
     * @param name what is limited, such as {@code key}; limits of different names do not meet
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
        // Instances whose clocks differ a little meet in a counter that outlives its window by one.
        OptionalLong count =
                shared.add(id + ":" + window.number(), size + owed, Duration.ofMillis(Math.multiplyExact(2, length)));
        return count.isPresent() ? window.lease(size, count.getAsLong()) : window.leaseAlone(size, owed);
    }

    private RateWindow window(String id, long number, int limit, long length) {
        RateWindow held = windows.getIfPresent(id);
        if (held != null && held.is(number, limit, length)) {
            return held;
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
