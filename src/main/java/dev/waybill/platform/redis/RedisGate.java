package dev.waybill.platform.redis;

import java.util.function.Supplier;

/**
 * The only way to Redis for requests. Redis may go away: then the circuit opens, calls are skipped at once, and nothing
 * here ever throws for Redis's sake.
 */
public class RedisGate {

    /** What Redis says, or what {@code otherwise} says when Redis is away. */
    public <T> T read(Supplier<T> redis, Supplier<T> otherwise) {
        throw new IllegalStateException();
    }

    /**
     * Does something in Redis.
     *
     * @return false when Redis was away and nothing was done
     */
    public boolean run(Runnable redis) {
        throw new IllegalStateException();
    }

    /** Whether Redis is thought to be there. */
    public boolean isClosed() {
        throw new IllegalStateException();
    }
}
