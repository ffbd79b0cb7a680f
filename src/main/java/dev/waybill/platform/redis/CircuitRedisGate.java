package dev.waybill.platform.redis;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.stereotype.Component;

/**
 * A circuit breaker around Redis that requests can open but only the probe closes: a thread of its own probes once a
 * second whether Redis is back, so no request ever pays a time-out for it.
 */
@Component
final class CircuitRedisGate implements RedisGate, SmartLifecycle {

    /** After the connection factory (0) and before the web server; the other way round when stopping. */
    static final int PHASE = 1;

    private static final Logger log = LoggerFactory.getLogger(CircuitRedisGate.class);
    private static final Duration PROBE_EVERY = Duration.ofSeconds(1);
    private static final int WINDOW = 10;
    private static final int ENOUGH_TO_JUDGE = 5;

    private final RedisConnectionFactory connections;
    private final CircuitBreaker circuit;
    private final Timer succeeded;
    private final Timer failed;
    private final Counter skipped;
    private volatile @Nullable ScheduledExecutorService prober;

    CircuitRedisGate(RedisConnectionFactory connections, MeterRegistry meters) {
        this.connections = connections;
        this.circuit = CircuitBreaker.of("redis", config());
        this.succeeded = calls(meters, "ok");
        this.failed = calls(meters, "failed");
        this.skipped = Counter.builder("waybill.redis.skipped")
                .description("Calls that were not tried because Redis was known to be away")
                .register(meters);
        Gauge.builder("waybill.redis.up", this, gate -> gate.isClosed() ? 1 : 0)
                .description("1 while calls go to Redis, 0 while the circuit is open")
                .register(meters);
    }

    @Override
    public <T extends @Nullable Object> T read(Supplier<T> redis, Supplier<T> otherwise) {
        if (!circuit.tryAcquirePermission()) {
            skipped.increment();
            return otherwise.get();
        }
        long start = System.nanoTime();
        T answer;
        try {
            answer = redis.get();
        } catch (RuntimeException failure) {
            settle(failure, System.nanoTime() - start);
            return otherwise.get();
        }
        succeeded(System.nanoTime() - start);
        return answer;
    }

    @Override
    public boolean run(Runnable redis) {
        return read(
                () -> {
                    redis.run();
                    return true;
                },
                () -> false);
    }

    @Override
    public boolean isClosed() {
        return circuit.getState() == State.CLOSED;
    }

    @Override
    public boolean answers() {
        long start = System.nanoTime();
        boolean answered = ping();
        if (answered) {
            close();
        } else if (isClosed()) {
            circuit.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, new ProbeFailed());
        }
        return answered;
    }

    /** Probes once before anything else starts, so that a Redis that is away never slows the first requests. */
    @Override
    public void start() {
        if (prober != null) {
            return;
        }
        boolean there = ping();
        if (!there) {
            // once more, for the very first connection also loads the client
            there = ping();
        }
        if (!there) {
            circuit.transitionToOpenState();
            log.warn("Redis does not answer. Starting without it: reads come from MongoDB until it is there.");
        }
        circuit.getEventPublisher().onStateTransition(event -> {
            if (event.getStateTransition().getToState() == State.OPEN) {
                log.warn("Redis does not answer. Going on without it: reads come from MongoDB until it is back.");
            }
        });
        ScheduledExecutorService every = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("redis-probe").factory());
        every.scheduleWithFixedDelay(
                this::answers, PROBE_EVERY.toMillis(), PROBE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        prober = every;
    }

    @Override
    public void stop() {
        ScheduledExecutorService running = prober;
        if (running != null) {
            running.shutdownNow();
            prober = null;
        }
    }

    @Override
    public boolean isRunning() {
        return prober != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void settle(RuntimeException failure, long nanos) {
        switch (RedisFailure.of(failure)) {
            case AWAY -> {
                failed.record(nanos, TimeUnit.NANOSECONDS);
                circuit.onError(nanos, TimeUnit.NANOSECONDS, failure);
            }
            case REFUSED -> {
                // It answered, so it is there; a full memory or a wrong type is for the log, not for the circuit.
                failed.record(nanos, TimeUnit.NANOSECONDS);
                circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
                log.warn(
                        "Redis refused a command: {}",
                        NestedExceptionUtils.getMostSpecificCause(failure).getMessage());
                log.debug("Refused by Redis", failure);
            }
            case NOT_REDIS -> {
                circuit.releasePermission();
                throw failure;
            }
        }
    }

    private void succeeded(long nanos) {
        succeeded.record(nanos, TimeUnit.NANOSECONDS);
        circuit.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    private void close() {
        if (!isClosed()) {
            circuit.transitionToClosedState();
            log.info("Redis answers again.");
        }
    }

    private boolean ping() {
        try (RedisConnection connection = connections.getConnection()) {
            return connection.ping() != null;
        } catch (RuntimeException e) {
            log.debug("Redis does not answer", e);
            return false;
        }
    }

    private static CircuitBreakerConfig config() {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(WINDOW)
                .minimumNumberOfCalls(ENOUGH_TO_JUDGE)
                // Never by itself: the probe closes it.
                .waitDurationInOpenState(Duration.ofDays(365))
                .build();
    }

    private static Timer calls(MeterRegistry meters, String outcome) {
        return Timer.builder("waybill.redis.calls")
                .description("Calls of requests to Redis")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Stands in the circuit's window for a probe without an answer. */
    private static final class ProbeFailed extends RuntimeException {
        ProbeFailed() {
            super("no answer to PING", null, false, false);
        }
    }
}
