package dev.waybill.platform.redis;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Access to Redis behind a circuit breaker, the only one for requests. Redis may go away: then the circuit opens, calls
 * are skipped at once, and nothing here ever throws for Redis's sake. Exceptions that have nothing to do with Redis
 * pass through.
 */
public interface RedisGate {

    /**
     * The result from Redis, or that of {@code otherwise} when Redis is away.
     *
     * @param redis one or a few quick commands; it may have done part of its work when it fails
     * @param otherwise called on the same thread, never within the time-out of a Redis known to be away
     */
    <T extends @Nullable Object> T read(Supplier<T> redis, Supplier<T> otherwise);

    /**
     * Runs commands in Redis.
     *
     * @return false when Redis was away; part of the work may have been done nevertheless
     */
    boolean run(Runnable redis);

    /** Whether Redis is thought to be there: what the last calls and the last probe, about a second ago, found. */
    boolean isClosed();

    /** Pings Redis now, whatever the circuit's state, and updates the circuit; takes half a second at most. */
    boolean answers();
}
