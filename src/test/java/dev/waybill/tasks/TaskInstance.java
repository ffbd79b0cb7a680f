package dev.waybill.tasks;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.redis.RedisGate;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** One instance of the service, as far as tasks go. Several of them share the stores. */
final class TaskInstance implements AutoCloseable {

    /** Reconnects within a second, as in production. */
    private static final ClientResources RESOURCES = ClientResources.builder()
            .reconnectDelay(Delay.equalJitter(Duration.ofMillis(50), Duration.ofSeconds(1), 1, TimeUnit.MILLISECONDS))
            .build();

    final List<TaskHandler> handlers = new ArrayList<>();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final SwitchableGate network;
    final RedisGate gate;
    final TaskStore store;
    final TaskCache cache;
    final TaskStream stream;
    final Tasks tasks;
    final TaskWorker worker;
    final StringRedisTemplate redis;

    private final MongoAccess mongo;
    private final LettuceConnectionFactory connections;

    /** @param environment where the stores are */
    TaskInstance(Map<String, String> environment, TaskProperties properties, InstantSource clock, FaultPoints faults) {
        mongo = MongoAccess.to(environment.get("MONGODB_URI"));
        connections = connections(environment.get("REDIS_URL"));
        redis = new StringRedisTemplate(connections);
        network = new SwitchableGate(connections);
        gate = network.gate();
        store = new MongoTaskStore(mongo.template());
        cache = new TaskCache(gate, redis, store, properties, clock);
        stream = new TaskStream(connections, redis);
        TaskHandlers known = new TaskHandlers(() -> handlers);
        DueTimes dueTimes = new DueTimes();
        tasks = new Tasks(
                store, cache, stream, known, dueTimes, gate, properties, new IdGenerator(clock), faults, clock);
        RunningTasks running = new RunningTasks();
        TaskMetrics metrics = new TaskMetrics(meters, running);
        TaskRunner runner = new TaskRunner(store, cache, known, running, metrics, properties, faults, clock);
        worker = new TaskWorker(
                runner,
                store,
                cache,
                stream,
                known,
                running,
                new LeaseKeeper(running, store, properties, clock),
                new ProgressReporter(running, cache, store, properties, clock),
                dueTimes,
                metrics,
                gate,
                properties,
                clock);
    }

    TaskInstance handling(TaskHandler... more) {
        handlers.addAll(List.of(more));
        return this;
    }

    TaskInstance started() {
        worker.start();
        return this;
    }

    double runs(String result) {
        return meters.find("waybill.tasks.run").tag("result", result).timers().stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    @Override
    public void close() {
        worker.stop();
        connections.destroy();
        mongo.close();
    }

    private static LettuceConnectionFactory connections(String url) {
        LettuceClientConfiguration client = LettuceClientConfiguration.builder()
                .commandTimeout(Duration.ofMillis(500))
                .clientResources(RESOURCES)
                .clientOptions(ClientOptions.builder()
                        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                        .socketOptions(SocketOptions.builder()
                                .connectTimeout(Duration.ofMillis(500))
                                .build())
                        .build())
                .build();
        LettuceConnectionFactory connections = new LettuceConnectionFactory(
                LettuceConnectionFactory.createRedisConfiguration(RedisURI.create(url)), client);
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }
}
