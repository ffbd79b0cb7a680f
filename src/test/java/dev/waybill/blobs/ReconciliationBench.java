package dev.waybill.blobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RecordedTasks;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskType;
import dev.waybill.testing.Lie;
import dev.waybill.testing.MovedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Fixture with storage, owners and a stopped clock, for tests of reconciliations. */
abstract class ReconciliationBench {

    static final OrganizationId ACME = new OrganizationId("org_acme");
    static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    static final Duration TWO_DAYS = Duration.ofDays(2);
    static final byte[] BYTES = "some bytes".getBytes(UTF_8);

    final MovedTime time = MovedTime.create();
    final InMemoryObjectStorage storage = new InMemoryObjectStorage(time);
    final MemoryOwner owner = new MemoryOwner();
    final RecordedTasks tasks = new RecordedTasks();
    final Partitions partitions = organization -> Set.of("ns_1", "ns_2", organization.value());

    @BeforeEach
    void stopTheClock() {
        time.stopAt(NOON);
    }

    JsonNode reconcile(boolean isDry) {
        return reconcile(storage, isDry);
    }

    JsonNode reconcile(ObjectStorage through, boolean isDry) {
        return output(run(handler(through), task(isDry)));
    }

    Reconciliation handler(ObjectStorage through) {
        return handler(through, step -> {});
    }

    Reconciliation handler(ObjectStorage through, FaultPoints faults) {
        List<BlobOwner> owners = List.of(owner);
        return new Reconciliation(
                new KeyWalk(through, owners),
                new MissingBlobs(through, owners),
                new Quarantine(through, faults, time),
                partitions,
                time);
    }

    TaskOutcome run(TaskHandler handler, TaskId task) {
        try {
            return handler.run(tasks.run(task));
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    TaskId task(boolean isDry) {
        return submit(Reconciliation.HANDLER, Map.of(Reconciliation.DRY_RUN, isDry));
    }

    TaskId submit(String handler, Map<String, Object> payload) {
        TaskId id = new TaskId(UUID.randomUUID().toString());
        tasks.apply(new NewTask(id, ACME, null, TaskType.PLUGIN_CUSTOM, handler, payload, List.of(), Map.of()));
        return id;
    }

    static JsonNode output(TaskOutcome outcome) {
        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        List<Object> outputs = ((TaskOutcome.Completed) outcome).outputs();
        return new JsonMapper().valueToTree(outputs.getFirst());
    }

    static List<String> samples(JsonNode report, String pointer) {
        return report.at(pointer).valueStream().map(JsonNode::asString).toList();
    }

    ObjectKey put(Duration age, String partition) {
        ObjectKey key = key(age, partition, "a.txt");
        putAt(NOON.minus(age), key);
        return key;
    }

    void putAt(Instant when, ObjectKey key) {
        time.stopAt(when);
        storage.accept(key, BYTES, "text/plain");
        time.stopAt(NOON);
    }

    static ObjectKey key(Duration age, String partition, String filename) {
        return BlobKeys.fresh(new IdGenerator(() -> NOON.minus(age)), partition, filename);
    }

    static String id(Duration age) {
        return new IdGenerator(() -> NOON.minus(age)).next("");
    }

    Collection<ObjectKey> keys() {
        return storage.list("", null, 1000).stream().map(StoredObject::key).toList();
    }

    ObjectStorage lying(String method, Lie.Twist twist) {
        return Lie.of(ObjectStorage.class, "lies", method, twist).over(storage);
    }
}
