package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.OTHER;
import static dev.waybill.tasks.Examples.fast;
import static dev.waybill.tasks.Examples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TasksTests extends TaskTestBase {

    private final SettableClock clock = new SettableClock();

    @Test
    void aSubmittedTaskIsFoundInRedisOnly() {
        TaskInstance one = instance();

        Task task = one.tasks.submit(work(HANDLER));

        assertThat(task.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(one.tasks.find(ACME, task.id())).contains(task);
        assertThat(one.redis.getExpire("waybill:task:" + task.id())).isBetween(86_300L, 86_400L);
    }

    @Test
    void submittingAnIdTwiceReturnsTheFirst() {
        TaskInstance one =
                instance(Handlers.work(run -> TaskOutcome.completed())).started();
        TaskId id = Examples.id();

        one.tasks.submit(work(id, HANDLER));
        reaches(one, id, TaskStatus.COMPLETED);

        assertThat(one.tasks.submit(work(id, "another")).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(one.store.find(ACME, id).orElseThrow().handler()).isEqualTo(HANDLER);
    }

    @Test
    void aTaskThatRedisLostIsReadFromTheDatabase() {
        TaskInstance one = instance();
        Task task = one.tasks.submit(work(HANDLER));
        one.redis.delete("waybill:task:" + task.id());

        assertThat(one.tasks.find(ACME, task.id())).contains(task.withAdditionalData(Tasks.UNCACHED));
        assertThat(one.tasks.find(ACME, task.id()))
                .as("a task that was read once is cached again")
                .contains(task);
    }

    @Test
    void aDayLaterATaskIsReadFromTheDatabase() {
        TaskInstance one = instance(fast(), clock);
        Task task = one.tasks.submit(work(HANDLER));
        one.tasks.cancel(ACME, task.id());
        clock.advance(Duration.ofHours(25));
        one.redis.delete("waybill:task:" + task.id());

        for (int i = 0; i < 2; i++) {
            assertThat(one.tasks.find(ACME, task.id()).orElseThrow().additionalData())
                    .containsEntry("from_mongodb", true);
        }
    }

    @Test
    void anUnfinishedValueIsNotTrustedForLong() {
        TaskInstance one = instance(fast(), clock);
        Task task = one.tasks.submit(work(HANDLER));
        one.network.cut();
        one.tasks.cancel(ACME, task.id());
        one.network.mend();
        assertThat(one.tasks.find(ACME, task.id()).orElseThrow().status()).isEqualTo(TaskStatus.PENDING);

        clock.advance(Duration.ofSeconds(10));

        assertThat(one.tasks.find(ACME, task.id()).orElseThrow().status()).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void aLateWriterDoesNotReviveAFinishedTask() {
        TaskInstance one = instance();
        Task task = one.tasks.submit(work(HANDLER));
        Task canceled = one.tasks.cancel(ACME, task.id()).orElseThrow();

        one.cache.put(task.in(TaskStatus.PROCESSING, task.updatedAt()));

        assertThat(one.tasks.find(ACME, task.id())).contains(canceled);
    }

    @Test
    void anUnreadableValueInRedisIsIgnored() {
        TaskInstance one = instance();
        Task task = one.tasks.submit(work(HANDLER));
        for (String strange : List.of("", "PENDING", "{\"ended\":false}", "[1]", "{\"ended\":true,\"task_type\":7}")) {
            one.redis.opsForValue().set("waybill:task:" + task.id(), strange);

            assertThat(one.tasks.find(ACME, task.id()).orElseThrow().additionalData())
                    .containsEntry("from_mongodb", true);
        }
    }

    @Test
    void anotherOrganizationNeitherSeesNorCancelsATask() {
        TaskInstance one = instance();
        Task task = one.tasks.submit(work(HANDLER));

        assertThat(one.tasks.find(OTHER, task.id())).isEmpty();
        assertThat(one.tasks.cancel(OTHER, task.id())).isEmpty();
        one.redis.delete("waybill:task:" + task.id());
        assertThat(one.tasks.find(OTHER, task.id())).isEmpty();
        assertThat(one.tasks.find(ACME, task.id()).orElseThrow().status()).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void anUnknownIdIsNotFound() {
        TaskInstance one = instance();

        assertThat(one.tasks.find(ACME, Examples.id())).isEmpty();
        assertThat(one.tasks.cancel(ACME, Examples.id())).isEmpty();
    }

    @Test
    void aWaitingTaskIsCanceledForEverybodyAtOnce() {
        TaskInstance one = instance();
        Task task = one.tasks.submit(work(HANDLER));

        assertThat(one.tasks.cancel(ACME, task.id()).orElseThrow().status()).isEqualTo(TaskStatus.CANCELED);

        Task seen = one.tasks.find(ACME, task.id()).orElseThrow();
        assertThat(seen.status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(seen.additionalData()).doesNotContainKey("from_mongodb");
    }

    @Test
    void aTaskCanceledInItsLastAttemptIsCanceledEvenIfItsHandlerThrows() {
        CountDownLatch last = new CountDownLatch(1);
        TaskInstance one = instance(Handlers.work(run -> {
                    if (run.attempt() == fast().maxAttempts()) {
                        last.countDown();
                        await().atMost(SOON).until(run::canceled);
                    }
                    throw new IllegalStateException("stopped half-way");
                }))
                .started();
        TaskId id = one.tasks.submit(work(HANDLER)).id();
        await().atMost(SOON).until(() -> last.getCount() == 0);

        one.tasks.cancel(ACME, id);

        assertThat(reaches(one, id, TaskStatus.CANCELED).error()).isNull();
    }

    @Test
    void aTaskThatLostItsWorkerTooOftenIsNotRetried() {
        TaskInstance one = instance(Handlers.work(run -> TaskOutcome.completed()));
        TaskId id = one.tasks.submit(work(HANDLER)).id();
        Instant now = Instant.now();
        for (int death = 1; death <= RetryPolicy.STANDARD.claims(fast()); death++) {
            assertThat(one.store.claim(id, "worker " + death, now, now)).isPresent();
        }

        one.worker.start();

        assertThat(reaches(one, id, TaskStatus.FAILED).error()).contains("interrupted too often");
    }

    @Test
    void aHandlerIsStoppedWhenAnotherWorkerHasItsTask() {
        TaskInstance one = instance(Handlers.work(run -> {
                    await().atMost(SOON.multipliedBy(2)).until(run::canceled);
                    return new TaskOutcome.Canceled();
                }))
                .started();
        TaskId id = one.tasks.submit(work(HANDLER)).id();
        reaches(one, id, TaskStatus.PROCESSING);
        Instant later = Instant.now().plus(Duration.ofDays(1));

        assertThat(one.store.claim(id, "another", later, later)).isPresent();

        await().atMost(SOON).until(() -> one.runs("lost") == 1);
    }

    @Test
    void aTaskThatMustNotBeLeftHalfDoneIsNotCanceled() {
        TaskInstance one = instance(Handlers.unstoppable(run -> TaskOutcome.completed()));
        Task task = one.tasks.submit(work(HANDLER));

        assertThatThrownBy(() -> one.tasks.cancel(ACME, task.id()))
                .isInstanceOfSatisfying(
                        WaybillException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_NOT_CANCELABLE));

        one.started();
        reaches(one, task.id(), TaskStatus.COMPLETED);
        assertThat(one.tasks.cancel(ACME, task.id()).orElseThrow().status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void withoutRedisNothingIsLostAndNothingFails() {
        TaskInstance one = instance();
        links.redis().cut();

        Task task = one.tasks.submit(work(HANDLER));

        assertThat(one.tasks.find(ACME, task.id())).contains(task.withAdditionalData(Tasks.UNCACHED));
        assertThat(one.tasks.cancel(ACME, task.id()).orElseThrow().status()).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void theResponseRepeatsTheError() {
        Task failed = Examples.task(clock.instant())
                .ended(TaskCompletion.of(TaskStatus.FAILED, List.of(), Map.of(), Map.of(), "no"), clock.instant());

        TaskResponse response = TaskResponse.of(failed);

        assertThat(response.error()).isEqualTo("no");
        assertThat(response.errorMessage()).isEqualTo("no");
        assertThat(response.additionalData()).containsEntry("error", "no");
    }
}
