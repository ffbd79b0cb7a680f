package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Contract of task stores about time: which tasks are due, which are hastened, and which are repeated. */
abstract class TaskStoreDueContract {

    static final Duration LEASE = Duration.ofSeconds(15);
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final TaskCompletion DONE = TaskCompletion.of(
            TaskStatus.COMPLETED, List.of(Map.of("n", 1)), Map.of("bucket_id", "bkt_1"), Map.of(), null);

    abstract TaskStore store();

    @Test
    void freshTasksAreLeftToTheStreamForAWhile() {
        Task task = Examples.task(NOW);
        store().insert(task, HANDLER, Map.of(), NOW, NOW.plusSeconds(5));

        assertThat(store().due(NOW, Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .isEmpty();
        assertThat(store().due(NOW.plusSeconds(5), Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .containsExactly(new TaskStore.Due(task.id(), HANDLER));
        claimed(task, "one", NOW);
    }

    @Test
    void theOldestAreDueFirstAndUnknownHandlersOnlyAfterLong() {
        List<TaskId> expected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Task task = Examples.task(NOW);
            store().insert(task, HANDLER, Map.of(), NOW, NOW.plusSeconds(i));
            expected.add(task.id());
        }
        Task unknown = Examples.task(NOW);
        store().insert(unknown, "nobody's", Map.of(), NOW, NOW.minusSeconds(60));

        Instant later = NOW.plusSeconds(10);
        assertThat(store().due(later, Set.of(HANDLER), List.of(), NOW.minusSeconds(61), 2))
                .extracting(TaskStore.Due::id)
                .containsExactlyElementsOf(expected.subList(0, 2));
        assertThat(store().due(later, Set.of(HANDLER), List.of(), NOW.minusSeconds(60), 10))
                .extracting(TaskStore.Due::id)
                .startsWith(unknown.id())
                .hasSize(4);
    }

    @Test
    void tasksWithoutASlotAreNotDueAndHideNothing() {
        Task ours = insertedFor(ACME, "long", NOW);
        Task theirs = insertedFor(OTHER, "long", NOW.plusSeconds(1));
        Task brief = insertedFor(ACME, HANDLER, NOW.plusSeconds(2));
        Instant later = NOW.plusSeconds(10);
        Set<String> known = Set.of(HANDLER, "long");
        TaskStore.Full acme = new TaskStore.Full("long", ACME);
        TaskStore.Full other = new TaskStore.Full("long", OTHER);

        assertThat(store().due(later, known, List.of(), Instant.EPOCH, 3))
                .extracting(TaskStore.Due::id)
                .containsExactly(ours.id(), theirs.id(), brief.id());
        assertThat(store().due(later, known, List.of(acme), Instant.EPOCH, 2))
                .extracting(TaskStore.Due::id)
                .containsExactly(theirs.id(), brief.id());
        assertThat(store().due(later, known, List.of(acme, other), later, 2))
                .as("not after any time")
                .extracting(TaskStore.Due::id)
                .containsExactly(brief.id());
        assertThat(store().due(later, known, List.of(new TaskStore.Full("long", null)), Instant.EPOCH, 2))
                .extracting(TaskStore.Due::id)
                .containsExactly(brief.id());
    }

    private Task insertedFor(OrganizationId organization, String handler, Instant dueAt) {
        Task like = Examples.task(NOW);
        Task task = new Task(
                like.id(),
                organization,
                like.namespace(),
                like.type(),
                like.status(),
                like.inputs(),
                like.outputs(),
                like.additionalData(),
                null,
                NOW,
                NOW);
        store().insert(task, handler, Map.of(), NOW, dueAt);
        return task;
    }

    @Test
    void onlyPendingOnesThatCouldStartAreCountedAsWaiting() {
        inserted();
        insertedFor(NOW.plusSeconds(1));
        claimed(inserted(), "one", NOW);
        Task canceled = inserted();
        store().cancel(ACME, canceled.id(), NOW);

        assertThat(store().waiting(NOW)).isOne();
        assertThat(store().waiting(NOW.plusSeconds(1))).isEqualTo(2);
    }

    @Test
    void aTaskWaitsUntilItIsDue() {
        Task task = insertedFor(NOW.plusSeconds(60));

        Instant before = NOW.plusSeconds(60).minusMillis(1);
        assertThat(store().claim(task.id(), "one", before, before.plus(LEASE))).isEmpty();
        assertThat(store().due(before, Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .isEmpty();
        claimed(task, "one", NOW.plusSeconds(60));
    }

    @Test
    void aWaitingTaskIsHastenedAndNeverDelayed() {
        Task task = insertedFor(NOW.plusSeconds(60));

        assertThat(store().hasten(task.id(), NOW.plusSeconds(10), NOW.plusSeconds(12)))
                .contains(NOW.plusSeconds(60));
        assertThat(store().hasten(task.id(), NOW.plusSeconds(30), NOW.plusSeconds(30)))
                .contains(NOW.plusSeconds(10));

        assertThat(store().due(NOW.plusSeconds(11), Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .isEmpty();
        assertThat(store().due(NOW.plusSeconds(12), Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .hasSize(1);
        assertThat(store().claim(task.id(), "early", NOW.plusSeconds(9), NOW.plus(LEASE)))
                .isEmpty();
        claimed(task, "one", NOW.plusSeconds(10));
        assertThat(store().hasten(task.id(), NOW, NOW)).as("it runs").isEmpty();
        assertThat(store().hasten(Examples.id(), NOW, NOW)).isEmpty();
    }

    @Test
    void aTaskSubmittedWhileItRunsIsPutBackInsteadOfEnding() {
        Task task = inserted();
        assertThat(store().repeatAt(task.id(), NOW)).as("it waits").isFalse();
        claimed(task, "one", NOW);
        assertThat(store().repeat(task.id(), "one", NOW))
                .as("no repeat is requested")
                .isEmpty();

        assertThat(store().repeatAt(task.id(), NOW.plusSeconds(5))).isTrue();
        assertThat(store().repeatAt(task.id(), NOW.plusSeconds(9))).isTrue();

        assertThat(store().forget(task.id(), "one")).isFalse();
        assertThat(store().finish(task.id(), "one", DONE, NOW)).isFalse();
        assertThat(store().repeat(task.id(), "two", NOW)).isEmpty();
        assertThat(store().repeat(task.id(), "one", NOW)).contains(NOW.plusSeconds(5));
        assertThat(store().find(ACME, task.id()).orElseThrow().task().status()).isEqualTo(TaskStatus.PENDING);
        assertThat(store().due(NOW.plusSeconds(4), Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .isEmpty();
        assertThat(claimed(task, "two", NOW.plusSeconds(5)).attempt()).isOne();
        assertThat(store().forget(task.id(), "two")).isTrue();
    }

    @Test
    void aRepeatDueBeforeTheRescheduleStartsSooner() {
        for (Back back : List.<Back>of(store()::retry, store()::reschedule)) {
            Task task = inserted();
            claimed(task, "one", NOW);
            store().repeatAt(task.id(), NOW.plusSeconds(1));

            assertThat(back.put(task.id(), "one", NOW.plusSeconds(5), NOW)).contains(NOW.plusSeconds(1));

            claimed(task, "two", NOW.plusSeconds(1));
            assertThat(store().forget(task.id(), "two")).isTrue();
        }
    }

    @Test
    void aRepeatDueAfterTheRescheduleStaysRequested() {
        for (Back back : List.<Back>of(store()::retry, store()::reschedule)) {
            Task task = inserted();
            claimed(task, "one", NOW);
            store().repeatAt(task.id(), NOW.plusSeconds(60));

            assertThat(back.put(task.id(), "one", NOW.plusSeconds(5), NOW)).contains(NOW.plusSeconds(5));

            claimed(task, "two", NOW.plusSeconds(5));
            assertThat(store().forget(task.id(), "two")).isFalse();
            assertThat(store().repeat(task.id(), "two", NOW)).contains(NOW.plusSeconds(60));
        }
    }

    @Test
    void aRequestedRepeatSurvivesATakeOver() {
        Task task = inserted();
        claimed(task, "one", NOW);
        store().repeatAt(task.id(), NOW.plusSeconds(1));
        store().release(task.id(), "one", NOW);
        claimed(task, "two", NOW);
        claimed(task, "three", NOW.plus(LEASE));

        assertThat(store().forget(task.id(), "three")).isFalse();
        assertThat(store().repeat(task.id(), "three", NOW)).contains(NOW.plusSeconds(1));
    }

    @Test
    void cancelingEndsATaskHoweverOftenARepeatIsRequested() {
        Task task = inserted();
        claimed(task, "one", NOW);
        store().repeatAt(task.id(), NOW);
        store().cancel(ACME, task.id(), NOW);
        TaskCompletion canceled = TaskCompletion.of(TaskStatus.CANCELED, List.of(), Map.of(), Map.of(), null);

        assertThat(store().finish(task.id(), "one", canceled, NOW)).isTrue();

        assertThat(store().find(ACME, task.id()).orElseThrow().task()).isEqualTo(task.ended(canceled, NOW));
        assertThat(store().repeat(task.id(), "one", NOW)).isEmpty();
    }

    @Test
    void aRepeatRequestedAtTheVeryEndIsNeverLost() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                Task task = inserted();
                claimed(task, "one", NOW);
                var end = executor.submit(() -> store().forget(task.id(), "one"));
                var repeat = executor.submit(() -> store().repeatAt(task.id(), NOW));
                boolean requested = repeat.get();

                assertThat(end.get()).isEqualTo(!requested);
                assertThat(store().repeat(task.id(), "one", NOW).isPresent()).isEqualTo(requested);
            }
        }
    }

    /** How a worker puts a task back. */
    private interface Back {
        Optional<Instant> put(TaskId id, String token, Instant readyAt, Instant now);
    }

    private Task insertedFor(Instant readyAt) {
        Task task = Examples.task(NOW);
        assertThat(store().insert(task, HANDLER, Map.of(), readyAt, readyAt)).isTrue();
        return task;
    }

    Task inserted() {
        Task task = Examples.task(NOW);
        assertThat(store().insert(task, HANDLER, Map.of("uploads", List.of("upl_1")), NOW, NOW))
                .isTrue();
        return task;
    }

    Claim claimed(Task task, String token, Instant now) {
        return store().claim(task.id(), token, now, now.plus(LEASE)).orElseThrow();
    }
}
