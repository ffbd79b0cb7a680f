package dev.waybill.tasks;

import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalMongo;
import dev.waybill.local.LocalRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Stores in this JVM, and instances that share them. */
abstract class TaskTestBase {

    static final Duration SOON = Duration.ofSeconds(30);

    LocalMongo mongo;
    LocalRedis redis;
    private final List<TaskInstance> instances = new ArrayList<>();

    @BeforeEach
    void startStores() {
        mongo = LocalMongo.start(null, 0);
        redis = LocalRedis.start(0);
    }

    @AfterEach
    void stopStores() {
        instances.forEach(TaskInstance::close);
        redis.close();
        mongo.close();
    }

    TaskInstance instance(TaskHandler... handlers) {
        return instance(Examples.fast(), Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)), handlers);
    }

    TaskInstance instance(TaskProperties properties, InstantSource clock, TaskHandler... handlers) {
        TaskInstance instance =
                new TaskInstance(mongo.uri(), redis.port(), properties, clock, step -> {}).handling(handlers);
        instances.add(instance);
        return instance;
    }

    static Task reaches(TaskInstance instance, TaskId id, TaskStatus status) {
        return await("task " + id + " becomes " + status)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> instance.tasks.find(Examples.ACME, id).orElseThrow(), task -> task.status() == status);
    }
}
