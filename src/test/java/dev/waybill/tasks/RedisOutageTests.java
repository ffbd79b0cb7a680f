package dev.waybill.tasks;

import static dev.waybill.tasks.Examples.ACME;
import static dev.waybill.tasks.Examples.HANDLER;
import static dev.waybill.tasks.Examples.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedisOutageTests extends TaskTestBase {

    private final TaskHandler quick = Handlers.work(run -> {
        TimeUnit.MILLISECONDS.sleep(20);
        return TaskOutcome.completed();
    });

    @Test
    void tasksRunWhileRedisIsDownAndAfterItCameBackEmpty() {
        TaskInstance one = instance(quick).started();
        TaskInstance two = instance(quick).started();
        List<TaskId> ids = new ArrayList<>(submitted(one, 40));
        await().atMost(SOON).until(() -> one.runs("completed") + two.runs("completed") > 5);

        links.redis().cut();
        ids.addAll(submitted(two, 20));
        ids.forEach(
                id -> assertThat(reaches(one, id, TaskStatus.COMPLETED).id()).isEqualTo(id));
        assertThat(one.tasks.find(ACME, ids.getLast()).orElseThrow().additionalData())
                .containsEntry("from_mongodb", true);

        stores.emptyRedis();
        links.redis().resume();
        ids.addAll(submitted(one, 20));
        ids.forEach(id -> reaches(two, id, TaskStatus.COMPLETED));
        await("the stream wakes workers again")
                .atMost(SOON)
                .ignoreExceptions()
                .until(() -> one.redis.opsForStream().groups(TaskStream.STREAM).size() == 1);
        TaskId last = one.tasks.submit(work(HANDLER)).id();
        reaches(one, last, TaskStatus.COMPLETED);
        await("the cache answers again")
                .atMost(SOON)
                .until(() -> !one.tasks
                        .find(ACME, last)
                        .orElseThrow()
                        .additionalData()
                        .containsKey("from_mongodb"));
        assertThat(one.runs("completed") + two.runs("completed")).isEqualTo(ids.size() + 1.0);
    }

    @Test
    void noValueFromBeforeTheCutIsTrustedAfterIt() {
        TaskInstance reader = instance();
        TaskId id = reader.tasks.submit(work(HANDLER)).id();
        assertThat(reader.tasks.find(ACME, id).orElseThrow().status()).isEqualTo(TaskStatus.PENDING);

        TaskInstance worker = instance(quick);
        worker.network.cut();
        worker.started();
        await().atMost(SOON).until(() -> worker.runs("completed") == 1);
        assertThat(worker.cache.unwritten()).isOne();
        assertThat(reader.tasks.find(ACME, id).orElseThrow().status()).isEqualTo(TaskStatus.PENDING);

        worker.network.mend();
        Task done = reaches(reader, id, TaskStatus.COMPLETED);
        assertThat(done.additionalData()).doesNotContainKey("from_mongodb");
        assertThat(worker.cache.unwritten()).isZero();
    }

    private static List<TaskId> submitted(TaskInstance to, int count) {
        List<TaskId> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(to.tasks.submit(work(HANDLER)).id());
        }
        return ids;
    }
}
