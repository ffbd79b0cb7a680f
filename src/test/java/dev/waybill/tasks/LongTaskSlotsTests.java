package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.OTHER;
import static dev.waybill.tasks.Examples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long tasks leave slots for brief ones, and for those of other organizations. */
class LongTaskSlotsTests extends TaskTestBase {

    private static final int HALF = Examples.fast().maxInFlight() / 2;

    private final CountDownLatch end = new CountDownLatch(1);
    private final Map<OrganizationId, AtomicInteger> atOnce = new ConcurrentHashMap<>();
    private final Map<OrganizationId, AtomicInteger> most = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void briefTasksRunBesideAnyNumberOfLongOnes(boolean redisIsThere) {
        TaskInstance one = instance(lasting(Integer.MAX_VALUE), Handlers.work(run -> TaskOutcome.completed()));
        if (!redisIsThere) {
            one.network.cut();
        }
        one.started();
        List<TaskId> lasting = submitted(one, ACME, 20);
        await().atMost(SOON).until(() -> count(atOnce, ACME) == HALF);

        for (int i = 0; i < 10; i++) {
            reaches(one, one.tasks.submit(work(HANDLER)).id(), TaskStatus.COMPLETED);
        }

        assertThat(lasting)
                .filteredOn(id -> one.store.lookUp(id).orElseThrow().status() == TaskStatus.PENDING)
                .as("the others stay PENDING")
                .hasSize(20 - HALF);
        end.countDown();
        lasting.forEach(id -> reaches(one, id, TaskStatus.COMPLETED));
        assertThat(count(most, ACME)).isEqualTo(HALF);
    }

    @Test
    void anOrganizationTakesNoMoreThanItsShareHoweverManyOfItsTasksWait() {
        TaskInstance one = instance(lasting(2)).started();
        List<TaskId> ours = submitted(one, ACME, 40);
        await().atMost(SOON).until(() -> count(atOnce, ACME) == 2);

        submitted(one, OTHER, 3);

        await().atMost(SOON).until(() -> count(atOnce, OTHER) == 2);
        assertThat(count(atOnce, ACME)).isEqualTo(2);
        end.countDown();
        ours.forEach(id -> reaches(one, id, TaskStatus.COMPLETED));
        assertThat(count(most, ACME)).isEqualTo(2);
        assertThat(count(most, OTHER)).isEqualTo(2);
    }

    @Test
    void theTaskThatWaitsLongestIsNext() {
        Semaphore mayEnd = new Semaphore(0);
        List<TaskId> begun = Collections.synchronizedList(new ArrayList<>());
        TaskInstance one = instance(Handlers.lasting(Integer.MAX_VALUE, run -> {
                    begun.add(run.task().id());
                    mayEnd.acquire();
                    return TaskOutcome.completed();
                }))
                .started();
        submitted(one, ACME, HALF);
        await().atMost(SOON).until(() -> begun.size() == HALF);
        List<TaskId> waiting = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            waiting.addAll(submitted(one, ACME, 1));
            Instant after = one.store.lookUp(waiting.getLast()).orElseThrow().createdAt();
            await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(after.plusMillis(1)));
        }
        await().atMost(SOON).until(() -> one.redis.opsForStream().size(TaskStream.STREAM) == 0);

        for (int next = 1; next <= waiting.size(); next++) {
            int all = HALF + next;
            mayEnd.release();
            await().atMost(SOON).until(() -> begun.size() == all);
        }

        assertThat(begun.subList(HALF, begun.size())).containsExactlyElementsOf(waiting);
        mayEnd.release(HALF);
    }

    private TaskHandler lasting(int ofOneOrganization) {
        return Handlers.lasting(ofOneOrganization, run -> {
            OrganizationId organization = run.task().organization();
            int now = of(atOnce, organization).incrementAndGet();
            of(most, organization).accumulateAndGet(now, Math::max);
            try {
                end.await();
                return TaskOutcome.completed();
            } finally {
                of(atOnce, organization).decrementAndGet();
            }
        });
    }

    private static List<TaskId> submitted(TaskInstance one, OrganizationId organization, int count) {
        NewTask like = work("lasting");
        return Stream.generate(() -> new NewTask(
                        null,
                        organization,
                        like.namespace(),
                        like.type(),
                        like.handler(),
                        like.payload(),
                        like.inputs(),
                        like.additionalData()))
                .limit(count)
                .map(work -> one.tasks.submit(work).id())
                .toList();
    }

    private static int count(Map<OrganizationId, AtomicInteger> counts, OrganizationId organization) {
        return of(counts, organization).get();
    }

    private static AtomicInteger of(Map<OrganizationId, AtomicInteger> counts, OrganizationId organization) {
        return counts.computeIfAbsent(organization, none -> new AtomicInteger());
    }
}
