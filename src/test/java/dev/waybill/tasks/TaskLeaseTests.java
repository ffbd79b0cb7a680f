package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** No task is lost with its worker: leases run out, are renewed, and are released by an instance that stops. */
@Order(11)
class TaskLeaseTests extends TaskTestBase {

    @Test
    void aTaskOfADeadWorkerIsTakenOver() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        TaskInstance dying = instance(Handlers.work(run -> {
                    begun.countDown();
                    never.await();
                    return new TaskOutcome.Completed(List.of("from the dead"), Map.of());
                }))
                .started();
        TaskId id = dying.tasks.submit(work(HANDLER)).id();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        dying.worker.halt();

        TaskInstance heir = instance(Handlers.work(run -> new TaskOutcome.Completed(List.of(run.attempt()), Map.of())))
                .started();

        assertThat(reaches(heir, id, TaskStatus.COMPLETED).outputs()).containsExactly(2);
        assertThat(heir.meters.counter("waybill.tasks.reclaimed").count()).isOne();
        never.countDown();
        await().atMost(SOON).until(() -> dying.runs("lost") == 1);
        assertThat(dying.meters.counter("waybill.tasks.fenced").count()).isOne();
        assertThat(heir.store.find(ACME, id).orElseThrow().task().outputs()).containsExactly(2);
    }

    @Test
    void anEntryThatItsReaderNeverWorkedOnIsReclaimed() throws Exception {
        TaskInstance reader = instance();
        reader.stream.read(1, Duration.ofMillis(10));
        TaskInstance heir = instance(Handlers.work(run -> TaskOutcome.completed()));
        TaskId id = reader.tasks.submit(work(HANDLER)).id();
        assertThat(reader.stream.read(1, Duration.ofSeconds(1))).hasSize(1);

        await().atMost(SOON)
                .until(
                        () -> heir.stream.reclaim(Duration.ofMillis(1), 10),
                        found -> found.size() == 1 && found.get(0).id().equals(id));
    }

    @Test
    void aTaskThatOutlivesItsLeaseManyTimesIsNotTakenOver() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch enough = new CountDownLatch(1);
        TaskHandler slow = Handlers.work(run -> {
            runs.incrementAndGet();
            enough.await(10, TimeUnit.SECONDS);
            return run.canceled() ? new TaskOutcome.Canceled() : TaskOutcome.completed();
        });
        TaskProperties patient = Examples.fast(Duration.ofSeconds(3), Duration.ofSeconds(2));
        InstantSource clock = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
        TaskInstance one = instance(patient, clock, slow).started();
        instance(patient, clock, slow).started();

        TaskId id = one.tasks.submit(work(HANDLER)).id();

        reaches(one, id, TaskStatus.COMPLETED);
        assertThat(runs).hasValue(1);
    }

    @Test
    void aLeaseThatRanOutIsNoCancellationEvenIfItIsRenewedLate() {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () ->
                InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS).plus(ahead.get());
        TaskInstance one = instance(Examples.fast(), clock, Handlers.work(run -> {
                    if (run.attempt() > 1) {
                        return new TaskOutcome.Completed(List.of(run.attempt()), Map.of());
                    }
                    while (!run.canceled()) {
                        ahead.updateAndGet(time -> time.plus(Examples.fast().lease()));
                    }
                    ((RunningTask) run).renewed(clock.instant().plus(Duration.ofDays(1)));
                    return new TaskOutcome.Canceled();
                }))
                .started();

        Task done = reaches(one, one.tasks.submit(work(HANDLER)).id(), TaskStatus.COMPLETED);

        assertThat(done.outputs()).containsExactly(2);
        assertThat(one.runs("lost")).isOne();
    }

    @Test
    void memoryThatWasUsedUpForAMomentEndsNeitherTheReaderNorTheLeases() {
        Set<String> unlucky = ConcurrentHashMap.newKeySet();
        unlucky.addAll(List.of("task-reader", "task-leases", "task-progress"));
        InstantSource clock = () -> {
            if (unlucky.remove(Thread.currentThread().getName())) {
                throw new OutOfMemoryError("used up for a moment");
            }
            return InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
        };
        AtomicReference<TaskInstance> here = new AtomicReference<>();
        TaskProperties patient = Examples.fast(Duration.ofSeconds(15), Duration.ofSeconds(2));
        TaskInstance one = instance(patient, clock, Handlers.work(run -> {
            Instant firstLease = ((RunningTask) run).claim().leaseUntil();
            run.progress(1, 2);
            await().atMost(SOON).until(() -> unlucky.isEmpty() && isRenewed(here.get(), firstLease));
            return TaskOutcome.completed();
        }));
        here.set(one.started());

        reaches(one, one.tasks.submit(work(HANDLER)).id(), TaskStatus.COMPLETED);
    }

    private static boolean isRenewed(TaskInstance instance, Instant firstLease) {
        return instance.store
                .due(firstLease.plusMillis(1), Set.of(HANDLER), List.of(), Instant.EPOCH, 10)
                .isEmpty();
    }

    @Test
    void stoppingLetsHandlersFinish() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        TaskInstance one = instance(Handlers.work(run -> {
                    begun.countDown();
                    TimeUnit.MILLISECONDS.sleep(500);
                    return TaskOutcome.completed();
                }))
                .started();
        TaskId id = one.tasks.submit(work(HANDLER)).id();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        one.worker.stop();

        assertThat(one.store.find(ACME, id).orElseThrow().task().status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(one.worker.isRunning()).isFalse();
    }

    @Test
    void stoppingReleasesTasksThatDoNotEndInTime() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        TaskProperties patient = Examples.fast(Duration.ofMinutes(10), Duration.ofMillis(100));
        TaskInstance one = instance(patient, InstantSource.system(), Handlers.work(run -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return TaskOutcome.completed();
                }))
                .started();
        TaskId id = one.tasks.submit(work(HANDLER)).id();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        one.worker.stop();

        TaskInstance heir = instance(Handlers.work(run -> new TaskOutcome.Completed(List.of(run.attempt()), Map.of())))
                .started();

        assertThat(reaches(heir, id, TaskStatus.COMPLETED).outputs()).containsExactly(1);
        await().atMost(SOON).until(() -> one.runs("abandoned") == 1);
    }
}
