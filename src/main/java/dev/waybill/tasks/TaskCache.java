package dev.waybill.tasks;

import dev.waybill.platform.redis.RedisGate;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Cache of tasks in Redis, for reading. A cached value is never trusted for long unless it is final: one that outlived
 * a cut of the network would otherwise look PENDING for ever.
 */
@Component
class TaskCache {

    private static final Logger log = LoggerFactory.getLogger(TaskCache.class);
    private static final String KEY = "waybill:task:";
    private static final int UNWRITTEN_BOUND = 10_000;
    private static final int WRITTEN_AT_ONCE = 100;

    /** A late writer must not turn a finished task back into a running one. */
    private static final RedisScript<Long> SET_UNLESS_ENDED =
            new DefaultRedisScript<>("""
            if redis.call('GETRANGE', KEYS[1], 0, %d) == '%s' then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
            return 1
            """.formatted(CachedTask.ENDED.length() - 1, CachedTask.ENDED), Long.class);

    private final RedisGate gate;
    private final StringRedisTemplate redis;
    private final TaskStore store;
    private final TaskProperties properties;
    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /** Tasks whose last change was not written to Redis. Bounded: what does not fit is merely distrusted soon. */
    private final LinkedHashMap<TaskId, OrganizationId> unwritten = new LinkedHashMap<>();

    TaskCache(
            RedisGate gate,
            StringRedisTemplate redis,
            TaskStore store,
            TaskProperties properties,
            InstantSource clock) {
        this.gate = gate;
        this.redis = redis;
        this.store = store;
        this.properties = properties;
        this.clock = clock;
    }

    /** A cached value that can be trusted; empty sends the reader to the database. */
    Optional<Task> find(TaskId id) {
        @Nullable
        String value = gate.<Optional<String>>read(
                        () -> Optional.ofNullable(redis.opsForValue().get(KEY + id)), Optional::empty)
                .orElse(null);
        if (value == null) {
            return Optional.empty();
        }
        try {
            CachedTask cached = json.readValue(value, CachedTask.class);
            return isTrustworthy(cached) ? Optional.of(cached.task()) : Optional.empty();
        } catch (JacksonException | IllegalArgumentException | NullPointerException foreign) {
            // Written by another version of the service.
            log.debug("Redis holds something unreadable for task {}", id, foreign);
            return Optional.empty();
        }
    }

    private boolean isTrustworthy(CachedTask cached) {
        return cached.ended()
                || cached.refreshedAt().plus(properties.cacheTrust()).isAfter(clock.instant());
    }

    /** Writes a change to Redis; when that fails, it is written once Redis is back. */
    void put(Task task) {
        // Nobody reads internal ones.
        if (!task.isInternal() && !write(task)) {
            addUnwritten(task);
        }
    }

    /** Caches a task that was just read from the database again, unless its time to live has passed. */
    void refill(Task task) {
        Instant end = task.updatedAt().plus(properties.cacheTtl());
        if (!task.status().isFinal() || end.isAfter(clock.instant())) {
            write(task);
        }
    }

    /** Writes the changes that Redis missed while it was unavailable; cheap when there are none. */
    void writeMissed() {
        for (int i = 0; i < WRITTEN_AT_ONCE && gate.isClosed(); i++) {
            Map.Entry<TaskId, OrganizationId> next = pollUnwritten();
            if (next == null) {
                return;
            }
            store.find(next.getValue(), next.getKey())
                    .map(TaskStore.Stored::task)
                    .ifPresent(this::put);
        }
    }

    int unwritten() {
        synchronized (unwritten) {
            return unwritten.size();
        }
    }

    private Map.@Nullable Entry<TaskId, OrganizationId> pollUnwritten() {
        synchronized (unwritten) {
            return unwritten.pollFirstEntry();
        }
    }

    private void addUnwritten(Task task) {
        synchronized (unwritten) {
            if (unwritten.size() < UNWRITTEN_BOUND || unwritten.containsKey(task.id())) {
                unwritten.put(task.id(), task.organization());
            }
        }
    }

    private boolean write(Task task) {
        String value = json.writeValueAsString(CachedTask.of(task, clock.instant()));
        String key = KEY + task.id();
        Duration ttl = properties.cacheTtl();
        return gate.run(() -> {
            if (task.status().isFinal()) {
                redis.opsForValue().set(key, value, ttl);
            } else {
                redis.execute(SET_UNLESS_ENDED, List.of(key), value, Long.toString(ttl.toSeconds()));
            }
        });
    }
}
