package dev.waybill.tasks;

import static org.awaitility.Awaitility.await;

import dev.waybill.testing.StoreLinks;
import dev.waybill.testing.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Stores in this JVM, and instances that share them and the way to them. */
abstract class TaskTestBase {

    static final Duration SOON = Duration.ofSeconds(30);

    final Stores stores = Stores.create();
    final StoreLinks links = stores.links();
    private final List<TaskInstance> instances = new ArrayList<>();

    @AfterEach
    void stopInstances() {
        instances.forEach(TaskInstance::close);
        links.close();
    }

    TaskInstance instance(TaskHandler... handlers) {
        return instance(Examples.fast(), Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)), handlers);
    }

    TaskInstance instance(TaskProperties properties, InstantSource clock, TaskHandler... handlers) {
        TaskInstance instance = new TaskInstance(links.environment(), properties, clock, step -> {}).handling(handlers);
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
