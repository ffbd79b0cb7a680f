package dev.waybill.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.deletions.DeletionPass;
import dev.waybill.deletions.DeletionsByHand;
import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskType;
import dev.waybill.testing.Databases;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceDeletionTests {

    private static final OrganizationId ORGANIZATION = new OrganizationId("org_a");
    private static final NamespaceId ID = new NamespaceId("ns_1");
    private static final Scope SCOPE = new Scope(ORGANIZATION, ID);
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final TestMongo database = new TestMongo(Databases.STAND_IN, NamespaceEntity.class);
    private final NamespaceStore store = new NamespaceStore(database.template(), null);
    private final List<String> events = new ArrayList<>();
    private long remaining = 2;
    private Instant now = START;
    private String crashAt = "";

    private final DeletionsByHand deletions = new DeletionsByHand(database.template(), this::reach, () -> now);
    private final NamespaceDeletion deletion = deletions.with(new NamespaceDeletion(
            deletions.door(),
            new NamespaceLookup(store, new SimpleMeterRegistry()),
            this::purge,
            List.of((organization, namespaces) -> Map.of(ID, new NamespaceUsage.Counts(1, 4, 0, 0)))));

    private final NamespaceEntity namespace = new NamespaceEntity(
            ID.value(),
            ORGANIZATION,
            "production",
            NamespaceType.STANDARD.wire(),
            null,
            List.of(new FeatureExtractor("text_extractor", "v1", null)),
            null,
            false,
            null,
            START,
            START);

    @BeforeEach
    void fill() {
        store.insert(namespace);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void removesContentsAndThenItself() {
        TaskId task = begin();

        TaskOutcome outcome = finish(task);

        assertThat(events.subList(0, 2)).containsExactly("uploads", "objects");
        assertThat(outcome)
                .isEqualTo(new TaskOutcome.Completed(List.of(Map.of("namespace_id", "ns_1", "removed", 4L)), Map.of()));
        assertThat(database.template().findAll(Document.class, NamespaceEntity.COLLECTION))
                .isEmpty();
    }

    @Test
    void reportsItsProgress() {
        assertThat(deletions.progressOf(begin())).containsExactly("0/5", "2/5", "4/5");
    }

    @Test
    void theReceiptNamesTheNamespace() {
        var submitted = deletions.submitted(begin());

        assertThat(submitted.type()).isEqualTo(TaskType.API_NAMESPACES_DELETE);
        assertThat(submitted.namespace()).isEqualTo(ID);
        assertThat(submitted.inputs()).containsExactly(Map.of("namespace_id", "ns_1", "namespace_name", "production"));
    }

    @Test
    void isNotFoundAndItsNameIsFree() {
        begin();

        assertThat(store.find(ORGANIZATION, "ns_1")).isEmpty();
        assertThat(store.find(ORGANIZATION, "production")).isEmpty();
        assertThat(store.find(ORGANIZATION, "~ns_1")).isEmpty();
        assertThat(store.ids(ORGANIZATION)).isEmpty();
        assertThat(store.insert(new NamespaceEntity(
                        "ns_2",
                        ORGANIZATION,
                        "production",
                        NamespaceType.STANDARD.wire(),
                        null,
                        List.of(),
                        null,
                        false,
                        null,
                        START,
                        START)))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "namespace-delete.submitted",
                "namespace-delete.marked",
                "namespace-delete.purged",
                "namespace-delete.ended",
                "namespace-delete.removed"
            })
    void aCrashAnywhereIsRepeatedWithoutHarm(String step) {
        crashAt = step;
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> finish(begin()));
        crashAt = "";

        TaskId task = deletions.tasks().getFirst();
        finish(task);

        now = now.plus(DeletionsByHand.SETTLE);
        assertThat(finish(task)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(deletions.tasks()).hasSize(1);
        assertThat(database.template().findAll(Document.class, NamespaceEntity.COLLECTION))
                .isEmpty();
    }

    @Test
    void lateArrivalsAreRemovedBeforeItCompletes() {
        TaskId task = begin();
        deletions.run(task);
        remaining = 1;

        finish(task);

        assertThat(remaining).isZero();
    }

    @Test
    void aStoppedRunLeavesTheRestToTheNext() {
        TaskId task = begin();

        assertThat(deletions.runStopped(task)).isInstanceOf(TaskOutcome.Canceled.class);

        assertThat(events).isEmpty();
        assertThat(finish(task)).isInstanceOf(TaskOutcome.Completed.class);
    }

    private TaskId begin() {
        return deletion.begin(namespace).id();
    }

    /** Runs it until it ends, or twice. */
    private TaskOutcome finish(TaskId task) {
        now = now.plus(DeletionsByHand.SETTLE);
        TaskOutcome outcome = deletions.run(task);
        return outcome instanceof TaskOutcome.Later ? deletions.run(task) : outcome;
    }

    private void reach(String step) {
        if (step.equals(crashAt)) {
            throw new IllegalStateException("crashed at " + step);
        }
    }

    private void purge(Scope scope, DeletionPass deletionPass) {
        assertThat(scope).isEqualTo(SCOPE);
        if (!deletionPass.stopped()) {
            events.addAll(List.of("uploads", "objects"));
            deletionPass.removed(remaining);
            deletionPass.removed(remaining);
            remaining = 0;
        }
    }
}
