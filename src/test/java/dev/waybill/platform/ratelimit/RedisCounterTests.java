package dev.waybill.platform.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalRedis;
import dev.waybill.platform.redis.RedisGates;
import dev.waybill.testing.RealStores;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** The rate limiter contract on the embedded Redis, and on a real one as users run it. */
@ParameterizedClass(name = "on {0}")
@EnumSource(RedisCounterTests.Server.class)
class RedisCounterTests extends RateLimiterContract {

    enum Server {
        EMBEDDED {
            @Override
            LettuceConnectionFactory connect() {
                return RedisCounterTests.connect("127.0.0.1", Embedded.REDIS.port(), 0);
            }
        },
        REDIS {
            @Override
            LettuceConnectionFactory connect() {
                RealStores.RedisSettings server = RealStores.redis();
                return RedisCounterTests.connect(server.host(), server.port(), server.database());
            }
        };

        abstract LettuceConnectionFactory connect();
    }

    private static final class Embedded {

        static final LocalRedis REDIS = LocalRedis.start(0);
    }

    private static final Map<Server, LettuceConnectionFactory> CONNECTIONS = new ConcurrentHashMap<>();

    private final StringRedisTemplate redis;

    RedisCounterTests(Server server) {
        redis = new StringRedisTemplate(CONNECTIONS.computeIfAbsent(server, Server::connect));
    }

    @AfterAll
    static void stop() {
        CONNECTIONS.values().forEach(LettuceConnectionFactory::destroy);
        Embedded.REDIS.close();
    }

    @BeforeEach
    void empty() {
        redis.delete(redis.keys("*"));
    }

    @Override
    SharedCounter counter() {
        return counter(redis);
    }

    @Test
    void instancesShareOneCount() {
        RateLimiter one = limiter();
        RateLimiter two = limiter();

        assertThat(one.acquire("key", "a", 2, MINUTE).allowed()).isTrue();
        assertThat(two.acquire("key", "a", 2, MINUTE).allowed()).isTrue();
        assertThat(one.acquire("key", "a", 2, MINUTE).allowed()).isFalse();
        assertThat(two.acquire("key", "a", 2, MINUTE).allowed()).isFalse();
    }

    @Test
    void aCounterDoesNotOutliveItsUse() {
        counter().add("key:a:1", 5, Duration.ofSeconds(90));
        counter().add("key:a:1", 1, Duration.ofSeconds(90));

        assertThat(redis.opsForValue().get("waybill:rate:key:a:1")).isEqualTo("6");
        assertThat(redis.getExpire("waybill:rate:key:a:1", TimeUnit.MILLISECONDS))
                .isBetween(60_000L, 90_000L);
    }

    @Test
    void theCountGoesOnWhenRedisIsCutOffInTheMiddle() {
        try (LocalRedis own = LocalRedis.start(0)) {
            LettuceConnectionFactory ownConnections = connect("127.0.0.1", own.port(), 0);
            RateLimiter limiter = new RateLimiter(counter(new StringRedisTemplate(ownConnections)), clock);
            for (int i = 0; i < 6; i++) {
                assertThat(limiter.acquire("key", "a", 10, MINUTE).allowed()).isTrue();
            }
            own.close();
            for (int i = 0; i < 4; i++) {
                assertThat(limiter.acquire("key", "a", 10, MINUTE).allowed()).isTrue();
            }
            assertThat(limiter.acquire("key", "a", 10, MINUTE).allowed()).isFalse();
            ownConnections.destroy();
        }
    }

    private static LettuceConnectionFactory connect(String host, int port, int database) {
        RedisStandaloneConfiguration configuration = new RedisStandaloneConfiguration(host, port);
        configuration.setDatabase(database);
        LettuceConnectionFactory factory = new LettuceConnectionFactory(
                configuration,
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofSeconds(5))
                        .build());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    private static SharedCounter counter(StringRedisTemplate redis) {
        return new RedisCounter(RedisGates.over(redis.getRequiredConnectionFactory()), redis);
    }
}
