package dev.waybill.platform.ratelimit;

import dev.waybill.platform.redis.RedisGate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * A shared counter in Redis. One script increments and sets the time to live, in one round trip and atomically. A
 * script rather than Bucket4j: its token bucket reads and then compares and swaps (two trips, and retries under
 * contention), and has no instant at which it is full again, which the response headers promise.
 */
@Component
final class RedisCounter implements SharedCounter {

    private static final RedisScript<Long> ADD = new DefaultRedisScript<>("""
            local count = redis.call('INCRBY', KEYS[1], ARGV[1])
            if count == tonumber(ARGV[1]) then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
            end
            return count
            """, Long.class);

    private final RedisGate gate;
    private final StringRedisTemplate redis;

    RedisCounter(RedisGate gate, StringRedisTemplate redis) {
        this.gate = gate;
        this.redis = redis;
    }

    @Override
    public OptionalLong add(String key, long amount, Duration ttl) {
        return gate.read(() -> OptionalLong.of(execute(key, amount, ttl)), OptionalLong::empty);
    }

    private long execute(String key, long amount, Duration ttl) {
        Long count = redis.execute(
                ADD, List.of("waybill:rate:" + key), Long.toString(amount), Long.toString(ttl.toMillis()));
        return Objects.requireNonNull(count, "the script returns a count");
    }
}
