package dev.waybill.blobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.CopyResult;
import dev.waybill.platform.storage.InMemoryObjectStorage;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageException;
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
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a reconciliation tells and moves, and what an undo gives back. */
class ReconciliationTests {

    private static final OrganizationId ACME = new OrganizationId("org_acme");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration TWO_DAYS = Duration.ofDays(2);
    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);

    private final MovedTime time = MovedTime.create();
    private final InMemoryObjectStorage storage = new InMemoryObjectStorage(time);
    private final MemoryOwner owner = new MemoryOwner();
    private final RecordedTasks tasks = new RecordedTasks();
    private final Partitions partitions = organization -> Set.of("ns_1", "ns_2", organization.value());

    @BeforeEach
    void stopTheClock() {
        time.stopAt(NOON);
    }

    @Test
    void aDryRunTellsOfOrphansAndMovesNothing() {
        ObjectKey first = put(TWO_DAYS, "ns_1");
        ObjectKey second = put(TWO_DAYS, "org_acme");
        ObjectKey owned = put(TWO_DAYS, "ns_2");
        owner.add("ns_2", "obj_1", owned);

        JsonNode told = reconcile(true);

        assertThat(told.at("/dry_run").asBoolean()).isTrue();
        assertThat(told.at("/walked_keys").asInt()).isEqualTo(3);
        assertThat(told.at("/orphans/count").asInt()).isEqualTo(2);
        assertThat(told.at("/orphans/bytes").asInt()).isEqualTo(2 * BYTES.length);
        assertThat(samples(told, "/orphans/samples")).containsExactlyInAnyOrder(first.value(), second.value());
        assertThat(told.at("/lost_bytes/count").asInt()).isZero();
        assertThat(told.has("quarantined")).isFalse();
        assertThat(keys()).containsExactlyInAnyOrder(first, second, owned);
    }

    @Test
    void whatIsYoungByItsKeyOrByStoragesClockIsLeftAlone() {
        ObjectKey youngKey = key(Duration.ofHours(23), "ns_1", "young.txt");
        putAt(NOON.minus(TWO_DAYS), youngKey);
        ObjectKey lateBytes = key(TWO_DAYS, "ns_1", "late.txt");
        putAt(NOON.minus(Duration.ofHours(23)), lateBytes);

        JsonNode told = reconcile(false);

        assertThat(told.at("/walked_keys").asInt()).isEqualTo(1);
        assertThat(told.at("/orphans/count").asInt()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder(youngKey, lateBytes);
    }

    @Test
    void whatIsOthersOrAStrangersIsLeftAlone() {
        ObjectKey others = put(TWO_DAYS, "ns_3");
        ObjectKey strangers = new ObjectKey("7/readme.txt");
        putAt(NOON.minus(TWO_DAYS), strangers);

        JsonNode told = reconcile(false);

        assertThat(told.at("/walked_keys").asInt()).isZero();
        assertThat(told.at("/orphans/count").asInt()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder(others, strangers);
    }

    @Test
    void rowsWithoutBytesAreToldWithTheirIdsAndNotChanged() {
        ObjectKey there = put(TWO_DAYS, "ns_1");
        ObjectKey lost = key(Duration.ZERO, "ns_1", "lost.txt");
        ObjectKey lostFile = key(TWO_DAYS, "org_acme", "lost.txt");
        owner.add("ns_1", "obj_1", there, lost);
        owner.add("org_acme", "sub_1", lostFile);
        owner.add("ns_3", "obj_2", key(TWO_DAYS, "ns_3", "lost.txt"));

        JsonNode told = reconcile(false);

        assertThat(told.at("/lost_bytes/count").asInt()).isEqualTo(2);
        assertThat(told.at("/lost_bytes/samples").valueStream().map(JsonNode::toString))
                .containsExactlyInAnyOrder(
                        "{\"id\":\"obj_1\",\"s3_key\":\"%s\"}".formatted(lost),
                        "{\"id\":\"sub_1\",\"s3_key\":\"%s\"}".formatted(lostFile));
        assertThat(owner.owned("ns_1", List.of(lost))).containsExactly(lost);
    }

    @Test
    void aRowThatWentMeanwhileHasLostNothing() {
        owner.add("ns_1", "obj_1", key(TWO_DAYS, "ns_1", "going.txt"));
        ObjectStorage slow = lying("head", call -> {
            owner.remove("ns_1", "obj_1");
            return call.proceed();
        });

        assertThat(reconcile(slow, true).at("/lost_bytes/count").asInt()).isZero();
    }

    @Test
    void oldBytesUnderStagingAreCounted() {
        Duration old = Duration.ofDays(9);
        putAt(NOON.minus(old), staged(old));
        putAt(NOON.minus(Duration.ofDays(7)), staged(Duration.ofDays(7)));
        putAt(NOON.minus(Duration.ofDays(7)), staged(old));

        JsonNode told = reconcile(false);

        assertThat(told.at("/old_staged/count").asInt()).isEqualTo(1);
        assertThat(told.at("/old_staged/bytes").asInt()).isEqualTo(BYTES.length);
        assertThat(keys()).hasSize(3);
    }

    @Test
    void orphansAreMovedAndGivenBackAsTheyWere() throws IOException {
        ObjectKey key = key(TWO_DAYS, "ns_1", "Grüße.txt");
        time.stopAt(NOON.minus(TWO_DAYS));
        storage.acceptEncoded(key, BYTES, "text/plain", "gzip");
        time.stopAt(NOON);
        TaskId task = task(false);

        JsonNode told = output(run(handler(storage), task));

        ObjectKey kept = new ObjectKey("quarantine/" + task + "/" + key);
        assertThat(keys()).containsExactly(kept);
        assertThat(told.at("/quarantined/count").asInt()).isEqualTo(1);
        assertThat(told.at("/quarantined/bytes").asInt()).isEqualTo(BYTES.length);
        assertThat(samples(told, "/quarantined/samples")).containsExactly(key.value());
        assertThat(told.at("/orphans/count").asInt()).isEqualTo(1);
        assertThat(told.at("/quarantined/undo_until").asString())
                .isEqualTo(Instant.EPOCH.plus(Duration.ofDays(7)).toString());

        JsonNode undone = undo(storage, task);

        assertThat(undone.at("/undone_task_id").asString()).isEqualTo(task.value());
        assertThat(undone.at("/restored/count").asInt()).isEqualTo(1);
        assertThat(undone.at("/left/count").asInt()).isZero();
        assertThat(keys()).containsExactly(key);
        StoredObject facts = storage.head(key).orElseThrow();
        assertThat(facts.contentType()).isEqualTo("text/plain");
        assertThat(facts.contentEncoding()).isEqualTo("gzip");
        assertThat(storage.contentDisposition(key).orElseThrow()).contains("Gr%C3%BC%C3%9Fe.txt");
        try (InputStream bytes = storage.open(key, null).orElseThrow()) {
            assertThat(bytes.readAllBytes()).isEqualTo(BYTES);
        }
        assertThat(undo(storage, task).at("/restored/count").asInt()).isZero();
    }

    @Test
    void aCrashBetweenCopyAndRemovalIsMadeUpForByTheNextAttempt() {
        Set<ObjectKey> orphans = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            orphans.add(put(TWO_DAYS, "ns_1"));
        }
        TaskId task = task(false);
        AtomicInteger copies = new AtomicInteger();
        FaultPoints second = step -> {
            if (copies.incrementAndGet() == 2) {
                throw new IllegalStateException("stopped at " + step);
            }
        };

        assertThatThrownBy(() -> run(handler(storage, second), task)).hasMessageContaining("blobs.quarantine.copied");
        assertThat(keys()).hasSizeGreaterThan(3);

        JsonNode told = output(run(handler(storage), task));
        assertThat(told.at("/quarantined/count").asInt()).isEqualTo(3);
        assertThat(told.at("/orphans/count").asInt()).isEqualTo(3);
        assertThat(keys()).hasSize(3).allMatch(key -> key.value().startsWith("quarantine/" + task));

        copies.set(0);
        assertThatThrownBy(() -> undo(storage, second, task)).hasMessageContaining("blobs.quarantine.copied");
        undo(storage, task);
        assertThat(keys()).containsExactlyInAnyOrderElementsOf(orphans);
    }

    @Test
    void aCopyThatMayNotBeWholeLeavesTheOriginal() {
        ObjectKey key = key(TWO_DAYS, "ns_1", "parts.bin");
        time.stopAt(NOON.minus(TWO_DAYS));
        storage.acceptWithETag(key, BYTES, "application/zip", "abc-2", false);
        time.stopAt(NOON);
        ObjectStorage cutting = lying("copy", call -> {
            CopyResult.Copied copied = call.proceed();
            storage.accept(copied.object().key(), new byte[] {1}, "application/zip");
            return copied;
        });

        JsonNode told = reconcile(cutting, false);

        assertThat(keys()).contains(key);
        assertThat(told.at("/orphans/samples").toString()).contains(key.value());

        JsonNode whole = reconcile(false);
        assertThat(whole.at("/quarantined/count").asInt()).isEqualTo(1);
        assertThat(keys()).doesNotContain(key);
    }

    @Test
    void bytesThatChangedOrWhoseNewKeyWouldBeTooLongStay() {
        ObjectKey tooLong = new ObjectKey("7/%s/ns_1/%s".formatted(id(TWO_DAYS), "x".repeat(990)));
        putAt(NOON.minus(TWO_DAYS), tooLong);
        ObjectKey changing = put(TWO_DAYS, "ns_1");
        ObjectStorage other = lying("copy", call -> new CopyResult.Changed());

        JsonNode told = reconcile(other, false);

        assertThat(told.at("/orphans/count").asInt()).isEqualTo(2);
        assertThat(told.at("/quarantined/count").asInt()).isZero();
        assertThat(keys()).containsExactlyInAnyOrder(tooLong, changing);
    }

    @Test
    void bytesThatSomebodyElseRemovedAreNoOrphans() {
        ObjectKey key = put(TWO_DAYS, "ns_1");
        ObjectStorage racing = lying("copy", call -> {
            storage.delete(key);
            return call.proceed();
        });

        JsonNode told = reconcile(racing, false);

        assertThat(told.at("/orphans/count").asInt()).isZero();
        assertThat(told.at("/quarantined/count").asInt()).isZero();
    }

    @Test
    void everyPageIsWalkedAndTwentySamplesAreTold() {
        int many = 2_500;
        String id = id(TWO_DAYS);
        time.stopAt(NOON.minus(TWO_DAYS));
        for (int i = 0; i < many; i++) {
            storage.accept(new ObjectKey("7/%s/ns_1/%04d.txt".formatted(id, i)), BYTES, "text/plain");
            owner.add("ns_2", "obj_%04d".formatted(i), key(TWO_DAYS, "ns_2", i + ".txt"));
        }
        time.stopAt(NOON);
        RecordedTasks.Run run = tasks.run(task(false));

        JsonNode told = output(handler(storage).run(run));

        for (String part : List.of("orphans", "quarantined", "lost_bytes")) {
            assertThat(told.at("/" + part + "/count").asInt()).as(part).isEqualTo(many);
            assertThat(told.at("/" + part + "/samples")).as(part).hasSize(20);
        }
        assertThat(run.told()).hasSize(19).endsWith("19/19");
    }

    @Test
    void oneThatIsCanceledMovesNothingMore() throws Exception {
        ObjectKey key = put(TWO_DAYS, "ns_1");

        TaskOutcome outcome = handler(storage).run(tasks.run(task(false)).cancel());

        assertThat(outcome).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(keys()).containsExactly(key);
    }

    @Test
    void storageThatIsAwayFailsTheAttempt() {
        put(TWO_DAYS, "ns_1");
        TaskId task = task(false);
        ObjectStorage away = lying("copy", call -> {
            throw new StorageException(StorageException.Kind.UNAVAILABLE, null);
        });

        assertThatThrownBy(() -> run(handler(away), task)).isInstanceOf(StorageException.class);
        assertThat(output(run(handler(storage), task)).at("/quarantined/count").asInt())
                .isEqualTo(1);
    }

    @Test
    void bytesOfANamespaceThatIsGoneAreNotGivenBack() {
        put(TWO_DAYS, "ns_1");
        ObjectKey second = put(TWO_DAYS, "ns_2");
        TaskId task = task(false);
        run(handler(storage), task);

        Quarantine quarantine = new Quarantine(storage, step -> {}, time);
        JsonNode undone = output(run(new ReconciliationUndo(quarantine, organization -> Set.of("ns_2")), undoOf(task)));

        assertThat(undone.at("/restored/count").asInt()).isEqualTo(1);
        assertThat(undone.at("/left/count").asInt()).isEqualTo(1);
        assertThat(storage.head(second)).isPresent();
    }

    @Test
    void whatWasMovedIsRemovedAfterSevenDays() {
        put(TWO_DAYS, "ns_1");
        TaskId task = task(false);
        run(handler(storage), task);
        ObjectKey owned = put(TWO_DAYS, "ns_1");
        Quarantine quarantine = new Quarantine(storage, step -> {}, time);

        time.stopAt(NOON.plus(Duration.ofDays(7)));
        quarantine.expire();
        assertThat(keys()).hasSize(2);

        time.stopAt(NOON.plus(Duration.ofDays(7)).plusSeconds(1));
        quarantine.expire();
        assertThat(keys()).containsExactly(owned);
        assertThat(undo(storage, task).at("/restored/count").asInt()).isZero();
    }

    private JsonNode reconcile(boolean isDry) {
        return reconcile(storage, isDry);
    }

    private JsonNode reconcile(ObjectStorage through, boolean isDry) {
        return output(run(handler(through), task(isDry)));
    }

    private JsonNode undo(ObjectStorage through, TaskId undone) {
        return undo(through, step -> {}, undone);
    }

    private JsonNode undo(ObjectStorage through, FaultPoints faults, TaskId undone) {
        return output(run(new ReconciliationUndo(new Quarantine(through, faults, time), partitions), undoOf(undone)));
    }

    private Reconciliation handler(ObjectStorage through) {
        return handler(through, step -> {});
    }

    private Reconciliation handler(ObjectStorage through, FaultPoints faults) {
        List<BlobOwner> owners = List.of(owner);
        return new Reconciliation(
                new KeyWalk(through, owners),
                new LostBytes(through, owners),
                new Quarantine(through, faults, time),
                partitions,
                time);
    }

    private TaskOutcome run(TaskHandler handler, TaskId task) {
        try {
            return handler.run(tasks.run(task));
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private TaskId task(boolean isDry) {
        return submit(Reconciliation.HANDLER, Map.of(Reconciliation.DRY_RUN, isDry));
    }

    private TaskId undoOf(TaskId task) {
        return submit(ReconciliationUndo.HANDLER, Map.of(ReconciliationUndo.UNDONE, task.value()));
    }

    private TaskId submit(String handler, Map<String, Object> payload) {
        TaskId id = new TaskId(UUID.randomUUID().toString());
        tasks.apply(new NewTask(id, ACME, null, TaskType.PLUGIN_CUSTOM, handler, payload, List.of(), Map.of()));
        return id;
    }

    private static JsonNode output(TaskOutcome outcome) {
        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        List<Object> outputs = ((TaskOutcome.Completed) outcome).outputs();
        return new JsonMapper().valueToTree(outputs.getFirst());
    }

    private static List<String> samples(JsonNode told, String pointer) {
        return told.at(pointer).valueStream().map(JsonNode::asString).toList();
    }

    private ObjectKey put(Duration age, String partition) {
        ObjectKey key = key(age, partition, "a.txt");
        putAt(NOON.minus(age), key);
        return key;
    }

    private void putAt(Instant when, ObjectKey key) {
        time.stopAt(when);
        storage.accept(key, BYTES, "text/plain");
        time.stopAt(NOON);
    }

    private static ObjectKey key(Duration age, String partition, String filename) {
        return BlobKeys.fresh(new IdGenerator(() -> NOON.minus(age)), partition, filename);
    }

    private static ObjectKey staged(Duration age) {
        return BlobKeys.staged(id(age), "ns_1", "a.txt");
    }

    private static String id(Duration age) {
        return new IdGenerator(() -> NOON.minus(age)).next("");
    }

    private Collection<ObjectKey> keys() {
        return storage.list("", null, 1000).stream().map(StoredObject::key).toList();
    }

    private ObjectStorage lying(String method, Lie.Twist twist) {
        return Lie.of(ObjectStorage.class, "lies", method, twist).over(storage);
    }
}
