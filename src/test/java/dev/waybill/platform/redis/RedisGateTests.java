package dev.waybill.platform.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalRedis;
import dev.waybill.testing.Relay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.core.StringRedisTemplate;

class RedisGateTests {

    /**
     * A time-out of 500 ms, the same again for a call that was queued, and what a busy machine adds. Without a gate a
     * call would wait for as long as Redis is away, or for all who came before it.
     */
    private static final Duration BOUND = Duration.ofSeconds(5);

    private static final int CALLERS = 32;

    @Test
    void answersWhatRedisSays() {
        try (LocalRedis redis = LocalRedis.start(0)) {
            within(redis.url(), context -> {
                RedisGate gate = context.getBean(RedisGate.class);
                StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
                assertThat(gate.run(() -> template.opsForValue().set("a", "1"))).isTrue();
                assertThat(gate.read(() -> template.opsForValue().get("a"), () -> "2"))
                        .isEqualTo("1");
                assertThat(gate.isClosed()).isTrue();
            });
        }
    }

    @Test
    void noCallWaitsWhileRedisIsStoppedAndItIsUsedAgainWhenItReturns() {
        LocalRedis first = LocalRedis.start(0);
        within(first.url(), context -> {
            RedisGate gate = context.getBean(RedisGate.class);
            StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
            Calls calls = new Calls(() -> gate.read(
                    () -> {
                        template.opsForValue().set("a", "1");
                        return "redis";
                    },
                    () -> "otherwise"));
            try (calls) {
                await().until(() -> calls.last().equals("redis"));
                first.close();
                await().until(() -> calls.last().equals("otherwise"));
                await().until(() -> !gate.isClosed());
                try (LocalRedis ignored = first.restart()) {
                    await().until(() -> gate.isClosed());
                    await().until(() -> calls.last().equals("redis"));
                }
            }
            assertThat(calls.failures).isEmpty();
            assertThat(calls.longest()).isLessThan(BOUND);
            MeterRegistry meters = context.getBean(MeterRegistry.class);
            assertThat(meters.get("waybill.redis.skipped").counter().count()).isPositive();
            assertThat(meters.get("waybill.redis.calls")
                            .tag("outcome", "ok")
                            .timer()
                            .count())
                    .isPositive();
        });
    }

    @Test
    void noCallWaitsLongForARedisThatHangs() {
        try (LocalRedis redis = LocalRedis.start(0);
                Relay relay = Relay.to(URI.create(redis.url()).getPort())) {
            within("redis://127.0.0.1:" + relay.port(), context -> {
                RedisGate gate = context.getBean(RedisGate.class);
                StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
                try (Calls calls =
                        new Calls(() -> gate.read(() -> String.valueOf(template.hasKey("a")), () -> "otherwise"))) {
                    await().until(() -> calls.last().equals("false"));
                    relay.freeze();
                    await().until(() -> !gate.isClosed());
                    await().until(() -> calls.last().equals("otherwise"));
                    relay.thaw();
                    await().until(() -> calls.last().equals("false"));
                    assertThat(calls.failures).isEmpty();
                    assertThat(calls.longest()).isLessThan(BOUND);
                }
            });
        }
    }

    @Test
    void startsWithoutRedisAndFindsItLater() throws IOException {
        int port = freePort();
        within("redis://127.0.0.1:" + port, context -> {
            RedisGate gate = context.getBean(RedisGate.class);
            StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
            assertThat(gate.isClosed()).isFalse();
            assertThat(gate.read(() -> template.opsForValue().get("a"), () -> "otherwise"))
                    .isEqualTo("otherwise");
            try (LocalRedis ignored = LocalRedis.start(port)) {
                await().until(() -> gate.isClosed());
                assertThat(gate.answers()).isTrue();
            }
        });
    }

    @Test
    void requestsNeverConnectThemselvesWhenTheHostSwallowsPackets() {
        // TEST-NET-1 (RFC 5737): no host answers there
        within("redis://192.0.2.1:6379", context -> {
            RedisGate gate = context.getBean(RedisGate.class);
            StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
            try (Calls calls =
                    new Calls(() -> gate.read(() -> String.valueOf(template.hasKey("a")), () -> "otherwise"))) {
                await().until(() -> calls.finished() > 10 * CALLERS);
                assertThat(calls.last()).isEqualTo("otherwise");
                assertThat(calls.failures).isEmpty();
                assertThat(calls.longest()).isLessThan(BOUND);
            }
        });
    }

    @Test
    void aRefusedCommandFallsBackButLeavesTheCircuitClosed() {
        try (LocalRedis redis = LocalRedis.start(0)) {
            within(redis.url(), context -> {
                RedisGate gate = context.getBean(RedisGate.class);
                StringRedisTemplate template = context.getBean(StringRedisTemplate.class);
                gate.run(() -> template.opsForList().leftPush("list", "1"));
                for (int i = 0; i < 20; i++) {
                    assertThat(gate.read(() -> template.opsForValue().get("list"), () -> "otherwise"))
                            .isEqualTo("otherwise");
                }
                assertThat(gate.isClosed()).isTrue();
            });
        }
    }

    @Test
    void whatIsNotRedissFaultPassesThrough() {
        try (LocalRedis redis = LocalRedis.start(0)) {
            within(redis.url(), context -> {
                RedisGate gate = context.getBean(RedisGate.class);
                for (int i = 0; i < 20; i++) {
                    assertThatThrownBy(() -> gate.run(() -> {
                                throw new IllegalArgumentException("a bug");
                            }))
                            .hasMessage("a bug");
                }
                assertThat(gate.isClosed()).isTrue();
            });
        }
    }

    private static void within(String url, Consumer<ApplicationContext> test) {
        new ApplicationContextRunner()
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class))
                .withUserConfiguration(Room.class)
                .withPropertyValues("spring.data.redis.url=" + url)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    test.accept(context);
                });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Import({RedisClientConfiguration.class, CircuitRedisGate.class})
    static class Room {
        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    /** Clients that call again and again until closed. */
    private static final class Calls implements AutoCloseable {

        private final AtomicBoolean done = new AtomicBoolean();
        private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        private final List<Future<?>> clients = new ArrayList<>();
        private final AtomicInteger finished = new AtomicInteger();
        private volatile String last = "";
        private volatile long longestNanos;

        Calls(Supplier<String> call) {
            var threads = Executors.newVirtualThreadPerTaskExecutor();
            for (int i = 0; i < CALLERS; i++) {
                clients.add(threads.submit(() -> {
                    while (!done.get()) {
                        once(call);
                    }
                }));
            }
            threads.shutdown();
        }

        private void once(Supplier<String> call) {
            long start = System.nanoTime();
            try {
                last = call.get();
                finished.incrementAndGet();
                Thread.sleep(20);
            } catch (Throwable e) {
                failures.add(e);
            }
            synchronized (this) {
                longestNanos = Math.max(longestNanos, System.nanoTime() - start);
            }
        }

        String last() {
            return last;
        }

        int finished() {
            return finished.get();
        }

        Duration longest() {
            return Duration.ofNanos(longestNanos);
        }

        @Override
        public void close() {
            done.set(true);
            for (Future<?> client : clients) {
                try {
                    client.get();
                } catch (Exception e) {
                    failures.add(e);
                }
            }
        }
    }
}
