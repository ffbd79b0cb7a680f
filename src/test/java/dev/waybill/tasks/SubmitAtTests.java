package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.OTHER;
import static dev.waybill.tasks.Examples.fast;
import static dev.waybill.tasks.Examples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(11)
class SubmitAtTests extends TaskTestBase {

    private final InstantSource clock = () -> Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Queue<Instant> runs = new ConcurrentLinkedQueue<>();
    private final TaskHandler recording = Handlers.work(run -> {
        runs.add(clock.instant());
        return TaskOutcome.completed();
    });

    @Test
    void aFutureTaskIsNotAnnouncedAndRunsWhenDue() {
        TaskInstance one = instance(seldomSweeping(), clock, recording);
        Instant dueAt = clock.instant().plusMillis(1500);

        Task task = one.tasks.submitAt(work(HANDLER), dueAt);

        assertThat(task.status()).isEqualTo(TaskStatus.PENDING);
        assertThat(one.tasks.find(ACME, task.id())).contains(task);
        assertThat(announced(one)).isZero();
        one.started();
        reaches(one, task.id(), TaskStatus.COMPLETED);
        // No sweep for ten minutes, so it was its due time that woke the worker.
        assertThat(runs).singleElement().satisfies(at -> assertThat(at).isBetween(dueAt, dueAt.plusSeconds(30)));
    }

    @Test
    void anotherInstanceRunsADueTaskToo() {
        TaskInstance one = instance(recording);
        instance(recording).started();

        TaskId id = one.tasks
                .submitAt(work(HANDLER), clock.instant().plusMillis(300))
                .id();

        reaches(one, id, TaskStatus.COMPLETED);
    }

    @Test
    void anOverdueTaskIsAnnounced() {
        TaskInstance one = instance(seldomSweeping(), clock, recording);

        Task task = one.tasks.submitAt(work(HANDLER), clock.instant().minusSeconds(5));

        assertThat(announced(one)).isOne();
        one.started();
        reaches(one, task.id(), TaskStatus.COMPLETED);
    }

    @Test
    void aWaitingTaskIsHastenedAndThenAnnouncedOnce() {
        TaskInstance one = instance(seldomSweeping(), clock, recording);
        TaskId id = Examples.id();
        one.tasks.submitAt(work(id, HANDLER), clock.instant().plus(Duration.ofDays(1)));
        one.tasks.submitAt(work(id, HANDLER), clock.instant().plus(Duration.ofDays(2)));
        assertThat(announced(one)).isZero();

        for (int i = 0; i < 3; i++) {
            assertThat(one.tasks.submitAt(work(id, HANDLER), clock.instant()).status())
                    .isEqualTo(TaskStatus.PENDING);
        }

        assertThat(announced(one)).isOne();
        one.started();
        reaches(one, id, TaskStatus.COMPLETED);
        assertThat(runs).hasSize(1);
        one.stream.announce(id, HANDLER);
        await("a late claim is counted")
                .atMost(SOON)
                .until(() -> one.meters.counter("waybill.tasks.claims.late").count() >= 1);
    }

    @Test
    void aRunningTaskIsRepeatedOnceHoweverOftenItIsSubmitted() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        TaskInstance one = instance(Handlers.work(run -> {
                    runs.add(clock.instant());
                    begun.countDown();
                    end.await();
                    return TaskOutcome.completed();
                }))
                .started();
        NewTask work = NewTask.internal(Examples.id(), HANDLER, Map.of());
        one.tasks.submitAt(work, clock.instant());
        await().atMost(SOON).until(() -> begun.getCount() == 0);

        Instant again = clock.instant();
        for (int i = 0; i < 5; i++) {
            assertThat(one.tasks.submitAt(work, again.plusMillis(i)).status()).isEqualTo(TaskStatus.PROCESSING);
        }
        end.countDown();

        await().atMost(SOON).until(() -> one.runs("completed") == 2);
        await().atMost(SOON).until(() -> one.store.lookUp(id(work)).isEmpty());
        assertThat(runs).hasSize(2);
    }

    @Test
    void aTaskThatIsToBeRepeatedIsNotFinalBefore() {
        Semaphore mayEnd = new Semaphore(0);
        TaskInstance one = instance(Handlers.work(run -> {
                    runs.add(clock.instant());
                    mayEnd.acquire();
                    return new TaskOutcome.Completed(List.of(runs.size()), Map.of());
                }))
                .started();
        TaskId id = Examples.id();
        one.tasks.submitAt(work(id, HANDLER), clock.instant());
        reaches(one, id, TaskStatus.PROCESSING);
        one.tasks.submitAt(work(id, HANDLER), clock.instant());

        mayEnd.release();
        await().atMost(SOON).until(() -> runs.size() == 2);
        assertThat(one.tasks.find(ACME, id).orElseThrow().status().isFinal()).isFalse();
        mayEnd.release();

        assertThat(reaches(one, id, TaskStatus.COMPLETED).outputs()).containsExactly(2);
    }

    @Test
    void onlyInternalTasksRestartAfterTheyFailed() {
        TaskInstance one = instance(Handlers.retrying(HANDLER, new RetryPolicy(1, null, null), run -> {
                    runs.add(clock.instant());
                    if (runs.size() <= 2) {
                        throw new IllegalStateException("not yet");
                    }
                    return TaskOutcome.completed();
                }))
                .started();
        NewTask own = NewTask.internal(Examples.id(), HANDLER, Map.of());
        TaskId tenants = Examples.id();
        one.tasks.submitAt(own, clock.instant());
        await().atMost(SOON).until(() -> isFailed(one, own));
        one.tasks.submitAt(work(tenants, HANDLER), clock.instant());
        reaches(one, tenants, TaskStatus.FAILED);

        assertThat(one.tasks.submitAt(work(tenants, HANDLER), clock.instant()).status())
                .isEqualTo(TaskStatus.FAILED);
        assertThat(one.tasks.submitAt(own, clock.instant()).status()).isEqualTo(TaskStatus.PENDING);

        await().atMost(SOON).until(() -> one.store.lookUp(id(own)).isEmpty());
        assertThat(runs).hasSize(3);
    }

    private static boolean isFailed(TaskInstance one, NewTask work) {
        return one.store.lookUp(id(work)).orElseThrow().status() == TaskStatus.FAILED;
    }

    /**
     * Each run sees what was written before its submission: the last submission is followed by a run that began after
     * it.
     */
    @Test
    void noConcurrentSubmissionIsLost() throws Exception {
        Set<Integer> written = ConcurrentHashMap.newKeySet();
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        TaskHandler seeing = Handlers.work(run -> {
            seen.addAll(written);
            return TaskOutcome.completed();
        });
        TaskInstance one = instance(seeing).started();
        TaskInstance two = instance(seeing).started();
        NewTask work = NewTask.internal(Examples.id(), HANDLER, Map.of());

        inParallel(400, i -> {
            written.add(i);
            (i % 2 == 0 ? one : two).tasks.submitAt(work, clock.instant());
        });

        await().atMost(SOON).until(() -> seen.size() == 400);
        await().atMost(SOON).until(() -> one.store.lookUp(id(work)).isEmpty());
    }

    @Test
    void submittingATaskThatIsRemovedAllTheTimeNeverFails() throws Exception {
        TaskInstance one = instance(recording).started();
        NewTask work = NewTask.internal(Examples.id(), HANDLER, Map.of());

        inParallel(400, i -> one.tasks.submit(work));

        await().atMost(SOON).until(() -> one.store.lookUp(id(work)).isEmpty());
    }

    @Test
    void anIdOfAnotherOrganizationIsRefused() {
        TaskInstance one = instance(recording);
        NewTask mine = work(Examples.id(), HANDLER);
        one.tasks.submit(mine);
        NewTask theirs =
                new NewTask(mine.id(), OTHER, null, mine.type(), mine.handler(), Map.of(), List.of(), Map.of());

        assertThatThrownBy(() -> one.tasks.submit(theirs)).hasMessageContaining("another organization's");
        assertThatThrownBy(() -> one.tasks.submitAt(theirs, clock.instant()))
                .hasMessageContaining("another organization's");
    }

    private static void inParallel(int times, IntConsumer what) throws InterruptedException, ExecutionException {
        try (var executor = Executors.newFixedThreadPool(16)) {
            List<? extends Future<?>> all = IntStream.range(0, times)
                    .mapToObj(i -> executor.submit(() -> what.accept(i)))
                    .toList();
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static TaskId id(NewTask work) {
        return Objects.requireNonNull(work.id());
    }

    private static long announced(TaskInstance instance) {
        return Boolean.TRUE.equals(instance.redis.hasKey(TaskStream.STREAM))
                ? instance.redis.opsForStream().size(TaskStream.STREAM)
                : 0;
    }

    /** So that tasks are started by their due times, not by sweeps. */
    private static TaskProperties seldomSweeping() {
        TaskProperties fast = fast();
        return new TaskProperties(
                true,
                fast.maxInFlight(),
                fast.lease(),
                fast.maxAttempts(),
                fast.retryDelay(),
                fast.maxRetryDelay(),
                fast.readBlock(),
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                fast.unknownHandlerPatience(),
                fast.cacheTtl(),
                fast.cacheTrust(),
                fast.shutdownWait());
    }
}
