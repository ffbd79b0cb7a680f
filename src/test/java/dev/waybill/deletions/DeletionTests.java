package dev.waybill.deletions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskType;
import dev.waybill.testing.Databases;
import dev.waybill.testing.OnEveryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** Deletions of any kind: passes, settling time, crashes, tenants. */
@OnEveryDatabase
class DeletionTests {

    private static final Scope SCOPE = new Scope(new OrganizationId("org_a"), new NamespaceId("ns_1"));
    private static final Instant START = Instant.parse("2026-01-31T12:00:00.123Z");
    private static final DeletionTarget.Kind KIND = new DeletionTarget.Kind("box", "boxes", "box_name");
    private static final DeletionTarget BOX = DeletionTarget.in(SCOPE, KIND, "box_1", "toys", START.minusSeconds(9));

    private final TestMongo database;
    private final MongoOperations mongo;
    private final DeletionsByHand deletions;
    private final Boxes boxes;
    private Instant now = START;
    private String crashAt = "";

    DeletionTests(Databases where) {
        database = new TestMongo(where);
        mongo = database.template();
        deletions = new DeletionsByHand(mongo, this::reach, () -> now);
        boxes = deletions.with(new Boxes(KIND, this::reach));
    }

    @BeforeEach
    void fill() {
        insert(BOX);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aFlaggedResourceIsHiddenAndItsNameIsFree() {
        begin();

        assertThat(box().get(Deletable.MARK)).isNotNull();
        assertThat(box().getString("box_name")).isEqualTo("~box_1");
        assertThat(boxes.contents).isEqualTo(5);
    }

    @Test
    void completesOnlyWithAPassThatBeganAMinuteAfterTheFlag() {
        TaskId task = begin();

        assertThat(deletions.run(task)).isInstanceOf(TaskOutcome.Later.class);
        now = START.plusMillis(59_999);
        assertThat(deletions.run(task)).isEqualTo(new TaskOutcome.Later(Duration.ofMillis(1)));
        assertThat(box()).isNotNull();
        assertThat(boxes.ended).isEmpty();
        now = START.plusSeconds(60);

        assertThat(deletions.run(task)).isEqualTo(completed(5));
        assertThat(box()).isNull();
        assertThat(boxes.ended).containsExactly("5 since " + START);
    }

    @Test
    void lateArrivalsAreRemovedToo() {
        TaskId task = begin();
        deletions.run(task);
        now = START.plusSeconds(60);
        boxes.contents = 2;

        assertThat(deletions.run(task)).isEqualTo(new TaskOutcome.Later(Duration.ofSeconds(5)));
        assertThat(boxes.contents).isZero();
        assertThat(box()).isNotNull();

        assertThat(deletions.run(task)).isEqualTo(completed(7));
        assertThat(box()).isNull();
        assertThat(boxes.ended).as("what it held when it was flagged").containsExactly("5 since " + START);
    }

    @Test
    void waitsForWhatOthersRemove() {
        TaskId task = begin();
        now = START.plusSeconds(100);
        boxes.othersRemove = true;
        deletions.run(task);

        assertThat(deletions.run(task)).isInstanceOf(TaskOutcome.Later.class);
        assertThat(box()).isNotNull();
        boxes.othersRemove = false;

        assertThat(deletions.run(task)).isEqualTo(completed(5));
    }

    @Test
    void passesBackOffAndTheLastRunsInTime() {
        TaskId task = begin();
        List<Duration> pauses = new ArrayList<>();

        while (deletions.run(task) instanceof TaskOutcome.Later later) {
            pauses.add(later.after());
            now = now.plus(later.after());
        }

        assertThat(now).isEqualTo(START.plusSeconds(60));
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 1L, 2L, 4L, 8L, 16L, 28L);
    }

    @Test
    void reportsProgressOverAllPasses() {
        TaskId task = begin();

        assertThat(deletions.progressOf(task)).containsExactly("0/5", "3/5", "5/5");
        boxes.contents = 1;
        assertThat(deletions.progressOf(task)).containsExactly("5/5", "6/6");
    }

    @Test
    void beginningAgainReturnsTheSameTask() {
        assertThat(begin()).isEqualTo(begin());

        assertThat(deletions.tasks()).hasSize(1);
        assertThat(box().get(Deletable.MARK, Document.class).getDate("marked_at"))
                .isEqualTo(Date.from(START));
    }

    @Test
    void theTaskSetsTheFlagOfARequestThatDied() {
        crashAt = "box-delete.submitted";
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::begin);
        crashAt = "";
        assertThat(box().get(Deletable.MARK)).isNull();
        TaskId task = deletions.tasks().getFirst();

        now = START.plusSeconds(70);
        assertThat(deletions.run(task)).isInstanceOf(TaskOutcome.Later.class);
        assertThat(box().getString("box_name")).isEqualTo("~box_1");
        now = START.plusSeconds(130);

        assertThat(deletions.run(task)).isEqualTo(completed(5));
        assertThat(boxes.ended).containsExactly("5 since " + START.plusSeconds(70));
    }

    @ParameterizedTest
    @ValueSource(strings = {"box-delete.page-removed", "box-delete.purged", "box-delete.ended", "box-delete.removed"})
    void aCrashAnywhereIsRepeatedWithoutHarm(String step) {
        TaskId task = begin();
        now = START.plusSeconds(60);
        crashAt = step;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> {
            deletions.run(task);
            deletions.run(task);
        });
        crashAt = "";

        TaskOutcome outcome = deletions.run(task);
        if (outcome instanceof TaskOutcome.Later) {
            outcome = deletions.run(task);
        }

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(box()).isNull();
        assertThat(boxes.contents).isZero();
        assertThat(boxes.counted).isOne();
        assertThat(boxes.ended).isNotEmpty().containsOnly("5 since " + START);
    }

    @Test
    void unavailableStorageIsRetriedLater() {
        TaskId task = begin();
        now = START.plusSeconds(60);
        boxes.failure = new StorageException(StorageException.Kind.UNAVAILABLE, null);

        assertThat(deletions.run(task)).isEqualTo(new TaskOutcome.Later(Duration.ofSeconds(5)));
        assertThat(boxes.contents).isEqualTo(2);
        boxes.failure = null;

        deletions.run(task);
        assertThat(deletions.run(task)).isEqualTo(completed(5));
    }

    @Test
    void storageThatRefusesIsAFailedAttempt() {
        TaskId task = begin();
        boxes.failure = new StorageException(StorageException.Kind.DENIED, null);

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> deletions.run(task));
    }

    @Test
    void aStoppedRunLeavesTheRestToTheNext() {
        TaskId task = begin();
        now = START.plusSeconds(60);

        assertThat(deletions.runStopped(task)).isInstanceOf(TaskOutcome.Canceled.class);

        assertThat(box()).isNotNull();
        assertThat(boxes.contents).isEqualTo(5);
    }

    @Test
    void whatIsRecreatedUnderTheSameIdStaysAndIsDeletedByATaskOfItsOwn() {
        TaskId task = begin();
        now = START.plusSeconds(60);
        deletions.run(task);
        deletions.run(task);
        DeletionTarget again = DeletionTarget.in(SCOPE, KIND, "box_1", "toys", START.plusSeconds(1));
        insert(again);

        assertThat(deletions.run(task)).isEqualTo(completed(0));
        assertThat(box().get(Deletable.MARK)).isNull();

        TaskId second = deletions.door().begin(again, receipt()).id();
        assertThat(second).isNotEqualTo(task);
        deletions.run(second);
        now = START.plusSeconds(130);
        deletions.run(second);
        assertThat(box()).isNull();
    }

    @Test
    void anotherRevisionIsNotDeleted() {
        DeletionTarget.Kind kind = new DeletionTarget.Kind("crate", "boxes", null, "round");
        deletions.with(new Deletable() {

            @Override
            public DeletionTarget.Kind kind() {
                return kind;
            }

            @Override
            public void purge(DeletionTarget deletionTarget, DeletionPass deletionPass) {
                boxes.purge(deletionTarget, deletionPass);
            }
        });
        DeletionTarget seen =
                DeletionTarget.in(SCOPE, kind, "box_2", "box_2", START).asOf(1);
        insert(seen);
        round(seen, 1);

        crashAt = "crate-delete.submitted";
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> deletions.door().begin(seen));
        crashAt = "";
        round(seen, 2);
        TaskId task = deletions.tasks().getFirst();
        now = START.plusSeconds(60);

        assertThat(deletions.run(task))
                .isEqualTo(new TaskOutcome.Completed(List.of(Map.of("crate_id", "box_2", "removed", 0L)), Map.of()));
        assertThat(deletions.door().begin(seen)).isFalse();
        assertThat(stored(seen).get(Deletable.MARK)).isNull();
        assertThat(boxes.contents).isEqualTo(5);

        assertThat(deletions.door().begin(seen.asOf(2))).isTrue();
        assertThat(stored(seen)).containsKey(Deletable.MARK).containsEntry("box_name", "box_2");
        assertThat(deletions.tasks()).hasSize(2);
        assertThat(DeletionTarget.of(
                        kind, deletions.submitted(deletions.tasks().getLast()).payload()))
                .isEqualTo(seen.asOf(2));
        assertThat(deletions.door().begin(seen.asOf(2))).as("once more").isTrue();
    }

    private void round(DeletionTarget deletionTarget, int round) {
        mongo.updateFirst(
                Query.query(Criteria.where("_id").is(deletionTarget.key())), Update.update("round", round), "boxes");
    }

    private Document stored(DeletionTarget deletionTarget) {
        return mongo.findById(deletionTarget.key(), Document.class, "boxes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"organization_id", "namespace_id"})
    void anotherTenantsResourceStays(String field) {
        mongo.remove(new Query(), "boxes");
        mongo.insert(document(BOX).append(field, "other"), "boxes");

        TaskId task = begin();
        now = START.plusSeconds(60);

        assertThat(deletions.run(task)).isEqualTo(completed(0));
        assertThat(box().get(Deletable.MARK)).isNull();
        assertThat(boxes.contents).isEqualTo(5);
    }

    @Test
    void theReceiptBelongsToTheCaller() {
        TaskId task = begin();

        var submitted = deletions.submitted(task);
        assertThat(submitted.type()).isEqualTo(TaskType.API_BUCKETS_DELETE);
        assertThat(submitted.organization()).isEqualTo(SCOPE.organization());
        assertThat(submitted.namespace()).isEqualTo(SCOPE.namespace());
        assertThat(submitted.inputs()).containsExactly("box_1");
        assertThat(DeletionTarget.of(KIND, submitted.payload())).isEqualTo(BOX);
    }

    @Test
    void whatBelongsToNoNamespaceIsDeletedWithoutAReceipt() {
        DeletionTarget deletionTarget =
                new DeletionTarget(KIND, "org_a/box_2", SCOPE.organization(), null, "box_2", "x", START, null);
        insert(deletionTarget);

        deletions.door().begin(deletionTarget);

        TaskId task = deletions.tasks().getFirst();
        assertThat(deletions.submitted(task).organization()).isNotEqualTo(SCOPE.organization());
        assertThat(DeletionTarget.of(KIND, deletions.submitted(task).payload())).isEqualTo(deletionTarget);
        deletions.run(task);
        now = START.plusSeconds(60);
        assertThat(deletions.run(task)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(mongo.findById("org_a/box_2", Document.class, "boxes")).isNull();
    }

    private TaskId begin() {
        return deletions.door().begin(BOX, receipt()).id();
    }

    private static Deletions.Receipt receipt() {
        return new Deletions.Receipt(TaskType.API_BUCKETS_DELETE, SCOPE.namespace(), List.of("box_1"), Map.of());
    }

    private static TaskOutcome completed(long removed) {
        return new TaskOutcome.Completed(List.of(Map.of("box_id", "box_1", "removed", removed)), Map.of());
    }

    private void insert(DeletionTarget deletionTarget) {
        mongo.insert(document(deletionTarget), "boxes");
    }

    private static Document document(DeletionTarget deletionTarget) {
        Document document = new Document("_id", deletionTarget.key())
                .append("organization_id", deletionTarget.organization().value())
                .append("box_name", deletionTarget.name())
                .append("created_at", Date.from(deletionTarget.createdAt()));
        return deletionTarget.namespace() == null
                ? document
                : document.append("namespace_id", deletionTarget.namespace().value());
    }

    private Document box() {
        return mongo.findById(BOX.key(), Document.class, "boxes");
    }

    private void reach(String step) {
        if (step.equals(crashAt)) {
            throw new IllegalStateException("crashed at " + step);
        }
    }
}
