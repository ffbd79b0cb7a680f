package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.OTHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract of task stores: due times, claims and leases, progress, completion. */
abstract class TaskStoreContract extends TaskStoreDueContract {

    /** The same data, opened again. */
    abstract TaskStore reopened();

    @Test
    void aTaskIsFoundAsItWasInserted() {
        Task task = inserted();

        TaskStore.Stored found = store().find(ACME, task.id()).orElseThrow();

        assertThat(found.task()).isEqualTo(task);
        assertThat(found.handler()).isEqualTo(HANDLER);
    }

    @Test
    void aSecondInsertOfAnIdChangesNothing() {
        Task task = inserted();

        assertThat(store().insert(task.in(TaskStatus.FAILED, NOW), "other", Map.of(), NOW, NOW))
                .isFalse();
        assertThat(store().find(ACME, task.id()).orElseThrow().task()).isEqualTo(task);
    }

    @Test
    void anotherOrganizationFindsAndCancelsNothing() {
        Task task = inserted();

        assertThat(store().find(OTHER, task.id())).isEmpty();
        assertThat(store().cancel(OTHER, task.id(), NOW)).isEmpty();
        assertThat(store().find(ACME, task.id()).orElseThrow().task().status()).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void onlyOneWorkerWinsAClaim() throws Exception {
        Task task = inserted();

        List<Callable<Boolean>> workers = IntStream.range(0, 32)
                .<Callable<Boolean>>mapToObj(i -> () -> store().claim(task.id(), "token-" + i, NOW, NOW.plus(LEASE))
                        .isPresent())
                .toList();
        int winners = 0;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> won : executor.invokeAll(workers)) {
                winners += won.get() ? 1 : 0;
            }
        }

        assertThat(winners).isOne();
    }

    @Test
    void aClaimCarriesWhatTheWorkerNeeds() {
        Task task = inserted();

        Claim claim = claimed(task, "one", NOW);

        assertThat(claim.task()).isEqualTo(task.in(TaskStatus.PROCESSING, NOW));
        assertThat(claim.handler()).isEqualTo(HANDLER);
        assertThat(claim.payload()).isEqualTo(Map.of("uploads", List.of("upl_1")));
        assertThat(claim.attempt()).isOne();
        assertThat(claim.failures()).isZero();
        assertThat(claim.takenOver()).isFalse();
        assertThat(store().find(ACME, task.id()).orElseThrow().task()).isEqualTo(claim.task());
    }

    @Test
    void aTaskCannotBeClaimedBeforeItsLeaseEnds() {
        Task task = inserted();
        claimed(task, "one", NOW);

        Instant justBefore = NOW.plus(LEASE).minusMillis(1);
        assertThat(store().claim(task.id(), "two", justBefore, justBefore.plus(LEASE)))
                .isEmpty();

        Claim second = claimed(task, "two", NOW.plus(LEASE));
        assertThat(second.takenOver()).isTrue();
        assertThat(second.attempt()).isEqualTo(2);
    }

    @Test
    void aRenewedLeaseHolds() {
        Task task = inserted();
        claimed(task, "one", NOW);

        store().renew(Map.of(task.id(), "one"), NOW.plus(LEASE).plus(LEASE));

        Instant later = NOW.plus(LEASE);
        assertThat(store().claim(task.id(), "two", later, later.plus(LEASE))).isEmpty();
    }

    @Test
    void aWorkerThatLostItsLeaseWritesNothing() {
        Task task = inserted();
        claimed(task, "one", NOW);
        Instant later = NOW.plus(LEASE);
        claimed(task, "two", later);
        Task before = store().find(ACME, task.id()).orElseThrow().task();

        assertThat(store().progress(task.id(), "one", new Progress(1, 2).additionalData(), later))
                .isFalse();
        assertThat(store().finish(task.id(), "one", DONE, later)).isFalse();
        assertThat(store().retry(task.id(), "one", later, later)).isEmpty();
        assertThat(store().reschedule(task.id(), "one", later, later)).isEmpty();
        assertThat(store().repeat(task.id(), "one", later)).isEmpty();
        assertThat(store().release(task.id(), "one", later)).isFalse();
        store().renew(Map.of(task.id(), "one"), later.plus(Duration.ofDays(1)));

        assertThat(store().find(ACME, task.id()).orElseThrow().task()).isEqualTo(before);
        assertThat(store().watch(List.of(task.id()))).containsEntry(task.id(), new TaskStore.Watch("two", false));
        claimed(task, "three", later.plus(LEASE));
    }

    @Test
    void aFinishedTaskStaysFinished() {
        Task task = inserted();
        claimed(task, "one", NOW);

        assertThat(store().finish(task.id(), "one", DONE, NOW)).isTrue();

        assertThat(store().find(ACME, task.id()).orElseThrow().task()).isEqualTo(task.ended(DONE, NOW));
        Instant later = NOW.plus(Duration.ofDays(1));
        assertThat(store().claim(task.id(), "two", later, later.plus(LEASE))).isEmpty();
        assertThat(store().finish(task.id(), "one", DONE, later)).isFalse();
        assertThat(store().due(later, Set.of(HANDLER), List.of(), later, 10)).isEmpty();
    }

    @Test
    void onlyTheLeaseHolderForgetsATask() {
        Task task = inserted();
        claimed(task, "one", NOW);

        assertThat(store().forget(task.id(), "two")).isFalse();
        assertThat(store().find(ACME, task.id())).isPresent();
        assertThat(store().forget(task.id(), "one")).isTrue();
        assertThat(store().find(ACME, task.id())).isEmpty();
    }

    @Test
    void aFailureIsStoredInBothFields() {
        Task task = inserted();
        claimed(task, "one", NOW);

        store().finish(
                        task.id(),
                        "one",
                        TaskCompletion.of(
                                TaskStatus.FAILED, List.of(), task.additionalData(), Map.of(), "no such file"),
                        NOW);

        Task found = store().find(ACME, task.id()).orElseThrow().task();
        assertThat(found.error()).isEqualTo("no such file");
        assertThat(found.additionalData())
                .containsEntry("error", "no such file")
                .containsEntry("bucket_id", "bkt_1");
    }

    @Test
    void progressIsStored() {
        Task task = inserted();
        claimed(task, "one", NOW);

        assertThat(store().progress(task.id(), "one", new Progress(1, 3).additionalData(), NOW))
                .isTrue();

        assertThat(store().find(ACME, task.id()).orElseThrow().task().additionalData())
                .containsEntry("progress", Map.of("processed", 1L, "total", 3L, "percentage", 33))
                .containsEntry("bucket_id", "bkt_1");
    }

    @Test
    void aRetryWaitsAndCounts() {
        Task task = inserted();
        claimed(task, "one", NOW);
        Instant later = NOW.plusSeconds(5);

        assertThat(store().retry(task.id(), "one", later, NOW)).contains(later);

        assertThat(store().find(ACME, task.id()).orElseThrow().task().status()).isEqualTo(TaskStatus.PENDING);
        assertThat(store().claim(task.id(), "two", NOW, NOW.plus(LEASE))).isEmpty();
        assertThat(store().due(NOW, Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .isEmpty();
        assertThat(store().due(later, Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .hasSize(1);
        Claim second = claimed(task, "two", later);
        assertThat(second.failures()).isOne();
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.takenOver()).isFalse();
    }

    @Test
    void aRescheduledTaskCountsItsAttemptsAnew() {
        Task task = inserted();
        claimed(task, "zero", NOW);
        store().retry(task.id(), "zero", NOW, NOW);
        claimed(task, "one", NOW);

        assertThat(store().reschedule(task.id(), "one", NOW, NOW)).contains(NOW);

        Claim second = claimed(task, "two", NOW);
        assertThat(second.failures()).isZero();
        assertThat(second.attempt()).isOne();
    }

    @Test
    void aReleasedTaskCanBeClaimedAtOnce() {
        Task task = inserted();
        claimed(task, "one", NOW);

        assertThat(store().release(task.id(), "one", NOW)).isTrue();

        assertThat(store().due(NOW, Set.of(HANDLER), List.of(), Instant.EPOCH, 10))
                .hasSize(1);
        assertThat(claimed(task, "two", NOW).attempt()).isOne();
    }

    @Test
    void aWaitingTaskIsCanceledAtOnce() {
        Task task = inserted();

        assertThat(store().cancel(ACME, task.id(), NOW).orElseThrow().status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(store().cancel(ACME, task.id(), NOW).orElseThrow().status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(store().claim(task.id(), "one", NOW, NOW.plus(LEASE))).isEmpty();
    }

    @Test
    void aRunningTaskIsRequestedToCancel() {
        Task task = inserted();
        claimed(task, "one", NOW);

        assertThat(store().cancel(ACME, task.id(), NOW).orElseThrow().status()).isEqualTo(TaskStatus.PROCESSING);

        assertThat(store().watch(List.of(task.id()))).containsEntry(task.id(), new TaskStore.Watch("one", true));
        assertThat(store().retry(task.id(), "one", NOW, NOW)).isEmpty();
        assertThat(store().reschedule(task.id(), "one", NOW, NOW)).isEmpty();
        assertThat(claimed(task, "two", NOW.plus(LEASE)).cancelRequested()).isTrue();
    }

    @Test
    void cancelingWhatIsDoneChangesNothing() {
        Task task = inserted();
        claimed(task, "one", NOW);
        store().finish(task.id(), "one", DONE, NOW);

        assertThat(store().cancel(ACME, task.id(), NOW)).contains(task.ended(DONE, NOW));
        assertThat(store().cancel(ACME, Examples.id(), NOW)).isEmpty();
    }

    @Test
    void aCancellationIsNeverLostToAClaim() throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                Task task = inserted();
                var claim = executor.submit(() -> store().claim(task.id(), "one", NOW, NOW.plus(LEASE)));
                var cancel = executor.submit(() -> store().cancel(ACME, task.id(), NOW));
                boolean won = claim.get().isPresent();
                TaskStatus status = cancel.get().orElseThrow().status();

                assertThat(status).isEqualTo(won ? TaskStatus.PROCESSING : TaskStatus.CANCELED);
                assertThat(!won
                                || store().watch(List.of(task.id()))
                                        .get(task.id())
                                        .cancelRequested())
                        .isTrue();
            }
        }
    }

    @Test
    void aTaskOfAnyOrganizationIsFoundByItsId() {
        Task task = inserted();

        assertThat(store().lookUp(task.id())).contains(task);
        assertThat(store().lookUp(Examples.id())).isEmpty();
    }

    @Test
    void onlyAFailedTaskIsReplaced() {
        Task task = inserted();
        assertThat(store().replaceFailed(task, "new", Map.of(), NOW, NOW)).isFalse();
        claimed(task, "one", NOW);
        store().finish(
                        task.id(),
                        "one",
                        TaskCompletion.of(TaskStatus.FAILED, List.of(), Map.of(), Map.of(), "no"),
                        NOW);
        Instant later = NOW.plusSeconds(7);

        assertThat(store().replaceFailed(task, "new", Map.of("n", 1), later, later))
                .isTrue();

        assertThat(store().find(ACME, task.id()).orElseThrow().task()).isEqualTo(task);
        assertThat(store().claim(task.id(), "two", NOW, NOW.plus(LEASE))).isEmpty();
        Claim claim = claimed(task, "two", later);
        assertThat(claim.handler()).isEqualTo("new");
        assertThat(claim.payload()).isEqualTo(Map.of("n", 1));
        assertThat(claim.attempt()).isOne();
        assertThat(store().replaceFailed(task, "new", Map.of(), NOW, NOW)).isFalse();
    }

    @Test
    void tasksSurviveARestart() {
        Task waiting = inserted();
        Task running = inserted();
        claimed(running, "one", NOW);

        TaskStore again = reopened();

        assertThat(again.find(ACME, waiting.id()).orElseThrow().task()).isEqualTo(waiting);
        assertThat(again.claim(running.id(), "two", NOW, NOW.plus(LEASE))).isEmpty();
        assertThat(again.claim(
                        running.id(), "two", NOW.plus(LEASE), NOW.plus(LEASE).plus(LEASE)))
                .isPresent();
    }
}
