package dev.waybill.tasks;

import dev.waybill.platform.errors.WaybillException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.async.RedisStreamAsyncCommands;
import io.lettuce.core.cluster.RedisClusterClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisStreamCommands.XAddOptions;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.connection.stream.StreamInfo.XInfoConsumer;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.stereotype.Component;

/**
 * The Redis stream that wakes workers. It carries ids only and may lose them: the database is read before any work is
 * done, and a sweep finds what the stream lost.
 *
 * <p>Reading blocks, so it has a connection of its own; one thread reads. Announcing and acknowledging use the shared
 * connection and are called within the gate.
 */
@Component
class TaskStream {

    /** A stream entry: a task to claim, and its position in the stream. */
    record Entry(String position, TaskId id, String handler) {}

    private record StreamReader(
            StatefulConnection<String, String> connection, RedisStreamAsyncCommands<String, String> commands) {}

    static final String STREAM = "waybill:tasks";
    static final String GROUP = "workers";
    private static final TaskId NOBODYS = new TaskId(new UUID(0, 0).toString());
    private static final String TASK_ID = "task_id";
    private static final String HANDLER = "handler";
    private static final long MAX_LENGTH = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(100);

    private final LettuceConnectionFactory connections;
    private final StringRedisTemplate redis;
    private final String consumer = "worker-" + UUID.randomUUID();
    private @Nullable StreamReader reader;

    TaskStream(LettuceConnectionFactory connections, StringRedisTemplate redis) {
        this.connections = connections;
        this.redis = redis;
    }

    void announce(TaskId id, String handler) {
        redis.opsForStream()
                .add(
                        STREAM,
                        Map.of(TASK_ID, id.value(), HANDLER, handler),
                        XAddOptions.maxlen(MAX_LENGTH).approximateTrimming(true));
    }

    /** Acknowledges the entry: the task's lease in the database takes over from here. */
    void acknowledge(Entry entry) {
        redis.opsForStream().acknowledge(STREAM, GROUP, entry.position());
        redis.opsForStream().delete(STREAM, entry.position());
    }

    /**
     * Waits for entries that no worker got yet.
     *
     * @throws RedisException when Redis is unavailable; the next call tries a new connection
     */
    List<Entry> read(int count, Duration block) throws InterruptedException {
        Duration limit = block.plus(PATIENCE);
        return entries(await(
                commands -> commands.xreadgroup(me(), args(count, block), StreamOffset.lastConsumed(STREAM)), limit));
    }

    /** Takes over entries that their reader neither worked on nor acknowledged in that time: it crashed in between. */
    List<Entry> reclaim(Duration idle, int count) throws InterruptedException {
        XAutoClaimArgs<String> args = new XAutoClaimArgs<String>()
                .consumer(me())
                .minIdleTime(idle)
                .startId("0")
                .count(count);
        return entries(
                await(commands -> commands.xautoclaim(STREAM, args), PATIENCE).getMessages());
    }

    /** Removes consumers that have been idle for that long and hold nothing. */
    void removeSilent(Duration idle) {
        if (!Boolean.TRUE.equals(redis.hasKey(STREAM))) {
            return;
        }
        for (XInfoConsumer other : redis.opsForStream().consumers(STREAM, GROUP)) {
            boolean silent = other.idleTimeMs() > idle.toMillis() && other.pendingCount() == 0;
            if (silent && !other.consumerName().equals(consumer)) {
                redis.opsForStream()
                        .deleteConsumer(
                                STREAM,
                                org.springframework.data.redis.connection.stream.Consumer.from(
                                        GROUP, other.consumerName()));
            }
        }
    }

    /** Closes the connection that reads. */
    void disconnect() {
        StreamReader open = reader;
        reader = null;
        if (open != null) {
            open.connection().closeAsync();
        }
    }

    private Consumer<String> me() {
        return Consumer.from(GROUP, consumer);
    }

    private static XReadArgs args(int count, Duration block) {
        return XReadArgs.Builder.count(count).block(block);
    }

    private static List<Entry> entries(List<StreamMessage<String, String>> messages) {
        List<Entry> entries = new ArrayList<>();
        for (StreamMessage<String, String> message : messages) {
            entries.add(entry(message));
        }
        return entries;
    }

    /** A malformed one, which only somebody else can have written, names no handler and is thus dropped. */
    private static Entry entry(StreamMessage<String, String> message) {
        Map<String, String> body = message.getBody();
        try {
            return new Entry(
                    message.getId(), new TaskId(body.getOrDefault(TASK_ID, "")), body.getOrDefault(HANDLER, ""));
        } catch (WaybillException malformed) {
            return new Entry(message.getId(), NOBODYS, "");
        }
    }

    private <T> T await(Function<RedisStreamAsyncCommands<String, String>, RedisFuture<T>> command, Duration limit)
            throws InterruptedException {
        StreamReader open = reader;
        try {
            if (open == null || !open.connection().isOpen()) {
                disconnect();
                open = connect();
                reader = open;
            }
            return await(open, command.apply(open.commands()), limit);
        } catch (RedisException | InterruptedException e) {
            // Also after NOGROUP: a Redis that came back empty needs the group again, which connecting creates.
            disconnect();
            throw e;
        }
    }

    /** Checks now and then whether the connection is still open: a dead one would be waited for in vain. */
    private static <T> T await(StreamReader reader, RedisFuture<T> answer, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (reader.connection().isOpen() && System.nanoTime() < end) {
                if (answer.await(CHECK_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    return answer.get();
                }
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RedisException cause ? cause : new RedisException(failed.getCause());
        }
        answer.cancel(true);
        throw new RedisException("no answer from Redis");
    }

    private StreamReader connect() throws InterruptedException {
        StreamReader opened = switch (connections.getRequiredNativeClient()) {
            case RedisClient single -> {
                var connection = single.connect();
                yield new StreamReader(connection, connection.async());
            }
            case RedisClusterClient cluster -> {
                var connection = cluster.connect();
                yield new StreamReader(connection, connection.async());
            }
            case AbstractRedisClient other ->
                throw new IllegalStateException("unknown Redis client " + other.getClass());
        };
        // Longer than any read blocks; requests' short time-out must not end it.
        opened.connection().setTimeout(Duration.ofMinutes(1));
        try {
            await(
                    opened,
                    opened.commands()
                            .xgroupCreate(StreamOffset.from(STREAM, "0"), GROUP, XGroupCreateArgs.Builder.mkstream()),
                    PATIENCE);
        } catch (RedisBusyException exists) {
            // The usual case: another instance made the group.
        } catch (RedisException | InterruptedException e) {
            opened.connection().closeAsync();
            throw e;
        }
        return opened;
    }
}
