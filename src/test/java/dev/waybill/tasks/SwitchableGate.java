package dev.waybill.tasks;

import dev.waybill.platform.redis.RedisGate;
import io.lettuce.core.RedisException;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/**
 * A gate that a test can shut, as if the network to a healthy Redis were cut; it also notices when Redis is
 * unavailable.
 */
final class SwitchableGate {

    private final RedisConnectionFactory connections;
    private volatile boolean cut;
    private volatile boolean away;

    SwitchableGate(RedisConnectionFactory connections) {
        this.connections = connections;
    }

    void cut() {
        cut = true;
    }

    void mend() {
        cut = false;
    }

    RedisGate gate() {
        return new RedisGate() {
            @Override
            public <T> T read(Supplier<T> redis, Supplier<T> otherwise) {
                if (!isClosed()) {
                    return otherwise.get();
                }
                try {
                    return redis.get();
                } catch (DataAccessException | RedisException e) {
                    away = true;
                    return otherwise.get();
                }
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
                if (away && !cut) {
                    away = !answers();
                }
                return !cut && !away;
            }

            public boolean answers() {
                try (RedisConnection connection = connections.getConnection()) {
                    return connection.ping() != null;
                } catch (DataAccessException | RedisException e) {
                    return false;
                }
            }
        };
    }
}
