package dev.waybill.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.platform.mongo.TestMongo;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.Databases;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NamespaceDeletionsTests {

    private static final OrganizationId ORGANIZATION = new OrganizationId("org_a");
    private static final NamespaceId ID = new NamespaceId("ns_1");
    private static final Scope SCOPE = new Scope(ORGANIZATION, ID);
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final TestMongo database = new TestMongo(Databases.STAND_IN, NamespaceDocument.class);
    private final NamespaceStore store = new NamespaceStore(database.template(), null);
    private final RecordedTasks tasks = new RecordedTasks();
    private final List<String> events = new ArrayList<>();
    private Instant now = START;
    private String crashAt = "";

    private final NamespaceDeletions deletions = new NamespaceDeletions(
            store,
            tasks,
            List.of(contents("objects", 600), contents("uploads", 100)),
            List.of((organization, namespaces) -> Map.of(ID, new NamespaceUsage.Counts(1, 4, 0, 0))),
            this::reach,
            () -> now);

    private final Namespace namespace = new Namespace(
            ID,
            ORGANIZATION,
            "production",
            NamespaceType.STANDARD,
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
    void removesContentsInOrder() {
        Task task = delete();

        TaskOutcome outcome = deletions.run(tasks.run(task.id()));

        assertThat(events).containsExactly("uploads", "objects");
        assertThat(outcome)
                .isEqualTo(new TaskOutcome.Completed(List.of(Map.of("namespace_id", "ns_1", "removed", 4L)), Map.of()));
    }

    @Test
    void tellsItsProgress() {
        RecordedTasks.Run run = tasks.run(delete().id());

        deletions.run(run);

        assertThat(run.told()).containsExactly("2/5", "4/5");
    }

    @Test
    void aCrashBeforeTheTaskWasHandedInIsRepaired() {
        Deletion mark = NamespaceDeletions.mark(namespace, now);
        store.mark(SCOPE, mark);
        crashAt = "namespaces.delete.marked";
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> deletions.submit(namespace, mark));
        crashAt = "";

        deletions.resume();
        assertThat(tasks.ids()).isEmpty();

        now = now.plus(Duration.ofMinutes(2));
        deletions.resume();
        assertThat(tasks.ids()).containsExactly(mark.task());
        now = now.plus(Duration.ofMinutes(2));
        deletions.resume();
        assertThat(tasks.ids()).containsExactly(mark.task());
    }

    @Test
    void aCrashAfterTheContentsIsRepeatedWithoutHarm() {
        Task task = delete();
        crashAt = "namespaces.delete.contents-removed";
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> deletions.run(tasks.run(task.id())));
        crashAt = "";

        deletions.run(tasks.run(task.id()));

        assertThat(deletions.run(tasks.run(task.id()))).isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void aTaskThatFailedIsFollowedByAnother() {
        Task task = delete();
        tasks.end(task.id(), TaskStatus.FAILED);

        now = now.plus(Duration.ofMinutes(2));
        deletions.resume();

        assertThat(tasks.ids()).hasSize(2);
        deletions.run(tasks.run(tasks.ids().getLast()));
        assertThat(store.findMarked(SCOPE).orElseThrow().deletion().purgedAt()).isEqualTo(now);
    }

    @Test
    void whatArrivesLateIsRemovedWithTheTombstone() {
        Task task = delete();
        deletions.run(tasks.run(task.id()));
        tasks.end(task.id(), TaskStatus.COMPLETED);

        now = now.plus(Duration.ofHours(24));
        deletions.resume();
        assertThat(store.findMarked(SCOPE)).isPresent();

        now = now.plus(Duration.ofHours(2));
        deletions.resume();
        assertThat(store.findMarked(SCOPE)).isEmpty();
        assertThat(events).containsExactly("uploads", "objects", "uploads", "objects");
        assertThat(tasks.ids()).hasSize(1);
    }

    @Test
    void aStoppedRunLeavesTheRestForTheNext() {
        Task task = delete();

        assertThat(deletions.run(tasks.run(task.id()).cancel())).isInstanceOf(TaskOutcome.Canceled.class);

        assertThat(events).isEmpty();
        assertThat(store.findMarked(SCOPE).orElseThrow().deletion().purgedAt()).isNull();
    }

    private Task delete() {
        Deletion mark = NamespaceDeletions.mark(namespace, now);
        assertThat(store.mark(SCOPE, mark)).isTrue();
        return deletions.submit(namespace, mark);
    }

    private void reach(String step) {
        if (step.equals(crashAt)) {
            throw new IllegalStateException("crashed at " + step);
        }
    }

    private NamespaceContents contents(String name, int order) {
        return new NamespaceContents() {
            @Override
            public int order() {
                return order;
            }

            @Override
            public void purge(Scope scope, LongConsumer removed, BooleanSupplier stop) {
                assertThat(scope).isEqualTo(SCOPE);
                events.add(name);
                removed.accept(2);
            }
        };
    }
}
