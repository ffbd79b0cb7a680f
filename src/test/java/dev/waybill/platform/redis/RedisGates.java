package dev.waybill.platform.redis;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** The real gate, for tests that start no Spring context. */
public final class RedisGates {

    private RedisGates() {}

    /** A running gate; the caller need not stop it, its thread is a daemon. */
    public static RedisGate over(RedisConnectionFactory connections) {
        return over(connections, new SimpleMeterRegistry());
    }

    static CircuitRedisGate over(RedisConnectionFactory connections, MeterRegistry meters) {
        CircuitRedisGate gate = new CircuitRedisGate(connections, meters);
        gate.start();
        return gate;
    }
}
