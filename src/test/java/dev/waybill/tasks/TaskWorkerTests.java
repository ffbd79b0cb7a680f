package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.work;
import static dev.waybill.tasks.Handlers.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(11)
class TaskWorkerTests extends TaskTestBase {

    @Test
    void twoInstancesShareTheWorkAndEachTaskIsDoneOnce() {
        Map<TaskId, AtomicInteger> runs = new ConcurrentHashMap<>();
        TaskHandler counting = Handlers.work(run -> {
            runs.computeIfAbsent(run.task().id(), id -> new AtomicInteger()).incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(5);
            return new TaskOutcome.Completed(List.of(run.attempt()), Map.of());
        });
        // Nobody dies here, and a lease that ends on a busy machine would be a second attempt.
        TaskProperties patient = Examples.fast(Duration.ofSeconds(30), Duration.ofSeconds(2));
        TaskInstance one = instance(patient, Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)), counting)
                .started();
        TaskInstance two = instance(patient, Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)), counting)
                .started();

        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            TaskInstance to = i % 2 == 0 ? one : two;
            ids.add(to.tasks.submit(work(HANDLER)).id());
        }

        ids.forEach(id ->
                assertThat(reaches(one, id, TaskStatus.COMPLETED).outputs()).containsExactly(1));
        assertThat(runs)
                .hasSize(200)
                .allSatisfy((id, count) -> assertThat(count).hasValue(1));
        await().atMost(SOON).until(() -> one.runs("completed") + two.runs("completed") == 200);
        assertThat(one.runs("completed")).isPositive();
        assertThat(two.runs("completed")).isPositive();
        assertThat(one.meters.counter("waybill.tasks.fenced").count()).isZero();
        await().atMost(SOON).until(() -> one.redis.opsForStream().size(TaskStream.STREAM) == 0);
    }

    /** Tasks that reschedule themselves take all free permits, all the time. */
    @Test
    void newTasksRunBesideRescheduledOnes() {
        Set<TaskId> over = ConcurrentHashMap.newKeySet();
        Set<TaskId> begun = ConcurrentHashMap.newKeySet();
        TaskHandler endless = Handlers.work(run -> {
            begun.add(run.task().id());
            TimeUnit.MILLISECONDS.sleep(5);
            return over.isEmpty() ? new TaskOutcome.Later(Duration.ZERO) : TaskOutcome.completed();
        });
        TaskHandler brief = named("brief", run -> {
            over.add(run.task().id());
            return TaskOutcome.completed();
        });
        TaskInstance one = instance(
                        Examples.crowded(), Clock.tick(Clock.systemUTC(), Duration.ofMillis(1)), endless, brief)
                .started();
        for (int i = 0; i < 20; i++) {
            one.tasks.submit(work(HANDLER));
        }
        await().atMost(SOON).until(() -> begun.size() == 20);

        TaskId id = one.tasks.submit(work("brief")).id();

        reaches(one, id, TaskStatus.COMPLETED);
    }

    /** The clock is read in each of the reader's rounds. */
    @Test
    void theReaderOutlivesWhateverIsThrown() {
        Queue<Runnable> trouble = new ConcurrentLinkedQueue<>(List.of(
                () -> {
                    throw new OutOfMemoryError("for a moment");
                },
                () -> {
                    throw new UnsayableError();
                },
                () -> {
                    Thread.currentThread().interrupt();
                    throw new StackOverflowError();
                },
                () -> Thread.currentThread().interrupt()));
        InstantSource clock = () -> {
            if (Thread.currentThread().getName().equals("task-reader") && !trouble.isEmpty()) {
                trouble.remove().run();
            }
            return Instant.now().truncatedTo(ChronoUnit.MILLIS);
        };
        TaskInstance instance = instance(Examples.fast(), clock, Handlers.work(run -> TaskOutcome.completed()))
                .started();
        await().atMost(SOON).until(trouble::isEmpty);

        TaskId id = instance.tasks.submit(work(HANDLER)).id();

        reaches(instance, id, TaskStatus.COMPLETED);
        assertThat(instance.worker.isDead()).isFalse();
    }

    /** Not even logging works. */
    private static final class UnsayableError extends Error {

        @Override
        public String getMessage() {
            throw new OutOfMemoryError("still");
        }
    }

    @Test
    void aHandlerThatFailsIsRetried() {
        TaskInstance one = instance(Handlers.work(run -> {
                    if (run.attempt() < 3) {
                        throw new IllegalStateException("secret of attempt " + run.attempt());
                    }
                    return new TaskOutcome.Completed(List.of("third"), Map.of("note", "fine"));
                }))
                .started();

        Task done = reaches(one, one.tasks.submit(work(HANDLER)).id(), TaskStatus.COMPLETED);

        assertThat(done.outputs()).containsExactly("third");
        assertThat(done.additionalData()).containsEntry("note", "fine").containsEntry("bucket_id", "bkt_1");
        assertThat(done.error()).isNull();
    }

    @Test
    void afterTheLastAttemptItFailsWithoutTheExceptionsText() {
        TaskInstance one = instance(Handlers.work(run -> {
                    throw new IllegalStateException("secret");
                }))
                .started();

        Task failed = reaches(one, one.tasks.submit(work(HANDLER)).id(), TaskStatus.FAILED);

        assertThat(failed.error()).isEqualTo("The work failed 3 times and is not tried again.");
        assertThat(failed.additionalData()).containsEntry("error", failed.error());
        assertThat(TaskResponse.of(failed).errorMessage()).isEqualTo(failed.error());
        assertThat(one.runs("retried")).isEqualTo(2);
    }

    @Test
    void aHandlerSetsHowOftenItIsRetried() {
        TaskInstance one = instance(
                        Handlers.retrying("once", new RetryPolicy(1, null, null), run -> {
                            throw new IllegalStateException("no");
                        }),
                        Handlers.retrying("endless", RetryPolicy.ENDLESS, run -> {
                            if (run.attempt() <= Examples.fast().maxAttempts() * 2) {
                                throw new IllegalStateException("not yet");
                            }
                            return TaskOutcome.completed();
                        }))
                .started();
        TaskId once = one.tasks.submit(work("once")).id();
        TaskId endless = one.tasks.submit(work("endless")).id();

        assertThat(reaches(one, once, TaskStatus.FAILED).error())
                .isEqualTo("The work failed 1 times and is not tried again.");
        reaches(one, endless, TaskStatus.COMPLETED);
    }

    @Test
    void aFailureThatWasWrittenForCallersIsReturned() {
        TaskInstance one = instance(Handlers.work(run -> {
                    throw new WaybillException(ErrorCode.STORAGE_UNAVAILABLE, "Storage is away");
                }))
                .started();

        assertThat(reaches(one, one.tasks.submit(work(HANDLER)).id(), TaskStatus.FAILED)
                        .error())
                .isEqualTo("Storage is away");
    }

    @Test
    void outcomesBecomeStatuses() {
        TaskInstance one = instance(
                        named(
                                "partly",
                                run -> new TaskOutcome.CompletedWithErrors(
                                        List.of("a"), Map.of("failed", 1), "1 of 2 failed")),
                        named("failed", run -> new TaskOutcome.Failed(List.of("b"), Map.of(), "no such bucket")))
                .started();

        Task partly = reaches(one, one.tasks.submit(work("partly")).id(), TaskStatus.COMPLETED_WITH_ERRORS);
        Task failed = reaches(one, one.tasks.submit(work("failed")).id(), TaskStatus.FAILED);

        assertThat(partly.error()).isEqualTo("1 of 2 failed");
        assertThat(partly.outputs()).containsExactly("a");
        assertThat(failed.error()).isEqualTo("no such bucket");
        assertThat(failed.outputs()).containsExactly("b");
    }

    @Test
    void reschedulingIsNoFailedAttempt() {
        AtomicInteger runs = new AtomicInteger();
        TaskInstance one = instance(Handlers.work(run -> runs.incrementAndGet() < 30
                        ? new TaskOutcome.Later(Duration.ofMillis(1))
                        : new TaskOutcome.Completed(List.of(run.attempt()), Map.of())))
                .started();

        assertThat(reaches(one, one.tasks.submit(work(HANDLER)).id(), TaskStatus.COMPLETED)
                        .outputs())
                .containsExactly(1);
    }

    @Test
    void progressIsSeenWhileTheWorkRuns() {
        CountDownLatch seen = new CountDownLatch(1);
        TaskInstance one = instance(Handlers.work(run -> {
                    run.progress(1, 4);
                    seen.await();
                    run.progress(4, 4);
                    return TaskOutcome.completed();
                }))
                .started();
        TaskInstance elsewhere = instance();

        TaskId id = one.tasks.submit(work(HANDLER)).id();
        Task running = await().atMost(SOON)
                .until(
                        () -> elsewhere.tasks.find(ACME, id).orElseThrow(),
                        task -> task.additionalData().containsKey("progress"));
        assertThat(running.status()).isEqualTo(TaskStatus.PROCESSING);
        assertThat(running.additionalData().get("progress").toString())
                .isEqualTo("{processed=1, total=4, percentage=25}");
        await().atMost(SOON)
                .until(() -> one.store
                        .find(ACME, id)
                        .orElseThrow()
                        .task()
                        .additionalData()
                        .containsKey("progress"));
        seen.countDown();

        assertThat(reaches(one, id, TaskStatus.COMPLETED).additionalData().get("progress"))
                .hasToString("{processed=4, total=4, percentage=100}");
    }

    @Test
    void aRunningTaskIsCanceledFromAnotherInstance() {
        TaskInstance one = instance(Handlers.work(run -> {
                    while (!run.canceled()) {
                        TimeUnit.MILLISECONDS.sleep(10);
                    }
                    return new TaskOutcome.Canceled();
                }))
                .started();
        TaskInstance elsewhere = instance();
        TaskId id = one.tasks.submit(work(HANDLER)).id();
        reaches(one, id, TaskStatus.PROCESSING);

        elsewhere.tasks.cancel(ACME, id);

        reaches(elsewhere, id, TaskStatus.CANCELED);
        assertThat(elsewhere.tasks.cancel(ACME, id).orElseThrow().status()).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void anUnknownHandlerIsReportedAfterAWhileAndHarmsNoOtherTask() {
        TaskInstance one =
                instance(Handlers.work(run -> TaskOutcome.completed())).started();

        TaskId strange = one.tasks.submit(work("nobody's")).id();
        TaskId known = one.tasks.submit(work(HANDLER)).id();

        reaches(one, known, TaskStatus.COMPLETED);
        assertThat(reaches(one, strange, TaskStatus.FAILED).error())
                .isEqualTo("No worker knows how to do this work ('nobody's').");
    }

    @Test
    void aTaskThatOnlyTheOtherInstanceKnowsRunsThere() {
        TaskInstance old =
                instance(Handlers.work(run -> TaskOutcome.completed())).started();
        instance(named("new", run -> TaskOutcome.completed())).started();

        TaskId id = old.tasks.submit(work("new")).id();

        reaches(old, id, TaskStatus.COMPLETED);
    }
}
