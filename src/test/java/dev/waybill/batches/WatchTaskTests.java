package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** What becomes of batches that nobody else looks after. */
class WatchTaskTests extends BatchWork {

    private static final TaskOutcome SOON = new TaskOutcome.Later(Duration.ofSeconds(10));

    private final MongoOperations mongo = SERVICE.bean(MongoOperations.class);

    @Test
    void aBatchAtWorkIsLookedAtAgainAndAgain() {
        Batch batch = started(texts.objects("a"));

        assertThat(look(batch)).isEqualTo(SOON);
        assertThat(reread(batch)).isEqualTo(batch);
    }

    @Test
    void aBatchWhoseTaskWasNeverSubmittedGetsIt() {
        Batch batch = started(texts.objects("a"));
        mongo.remove(task(batch), "tasks");

        assertThat(look(batch)).isEqualTo(SOON);

        assertThat(mongo.findOne(task(batch), Document.class, "tasks")).isNotNull();
    }

    @Test
    void aBatchWhoseTaskEndedWithoutItIsStopped() {
        Batch lost = started(texts.objects("a"));
        end(lost, TaskStatus.FAILED);
        Batch canceled = started(texts.objects("b"));
        end(canceled, TaskStatus.CANCELED);

        assertThat(look(lost)).isEqualTo(new TaskOutcome.Later(Duration.ZERO));
        assertThat(look(canceled)).isEqualTo(new TaskOutcome.Later(Duration.ZERO));

        assertThat(reread(lost).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(reread(lost).error()).contains("given up");
        assertThat(reread(canceled).status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(look(lost)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(look(canceled)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(store.isToBeTold(lost)).isFalse();
    }

    @Test
    void aRunIsWaitedForUntilItsRequestIsSurelyOver() {
        String id = texts.draft(texts.objects("a"));
        Batch draft = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        WatchTask watch = SERVICE.bean(WatchTask.class);

        assertThat(watch.run(new HandWork(draft, 1, Instant.now()))).isEqualTo(SOON);
        assertThat(watch.run(new HandWork(draft, 1, Instant.now().minusSeconds(61))))
                .isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void aWatchOfAnEarlierRunIsOver() {
        Batch batch = started(texts.objects("a"));

        assertThat(SERVICE.bean(WatchTask.class).run(new HandWork(batch, 0, Instant.now())))
                .isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void whatWasLeftHalfMadeGoesAfterAQuarterOfAnHour() {
        Batch fresh = hidden(Instant.now());
        Batch old = hidden(Instant.now().minus(Duration.ofMinutes(16)));

        assertThat(look(fresh))
                .isInstanceOfSatisfying(
                        TaskOutcome.Later.class,
                        later -> assertThat(later.after()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15)));
        assertThat(look(old)).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(mark(fresh)).isNull();
        assertThat(mark(old)).isNotNull();
        assertThat(look(old)).isInstanceOf(TaskOutcome.Completed.class);
    }

    private Object mark(Batch batch) {
        String key = batch.scope().key(batch.id().value());
        return mongo.findById(key, Document.class, "batches").get("deletion");
    }

    private Batch hidden(Instant createdAt) {
        Batch batch = new Batch(
                new BatchId("btch_" + UUID.randomUUID().toString().substring(0, 8)),
                texts.scope(),
                new BucketId(texts.bucket()),
                TaskStatus.DRAFT,
                List.of(),
                0,
                Map.of(),
                0,
                null,
                List.of(),
                null,
                null,
                null,
                Map.of(),
                createdAt,
                createdAt);
        assertThat(store.insertHidden(batch)).isTrue();
        return batch;
    }

    private void end(Batch batch, TaskStatus status) {
        mongo.updateFirst(task(batch), Update.update("status", status.name()), "tasks");
    }

    private static Query task(Batch batch) {
        return query(where("_id").is(batch.task().value()));
    }
}
