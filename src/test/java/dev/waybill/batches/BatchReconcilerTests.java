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
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

/** What becomes of batches that nobody else looks after. */
class BatchReconcilerTests extends BatchWork {

    private static final TaskOutcome SOON = new TaskOutcome.Later(Duration.ofSeconds(10));

    private final MongoOperations mongo = SERVICE.bean(MongoOperations.class);

    @Test
    void aBatchAtWorkIsLookedAtAgainAndAgain() {
        BatchEntity batch = started(texts.objects("a"));

        assertThat(look(batch)).isEqualTo(SOON);
        assertThat(reread(batch)).isEqualTo(batch);
    }

    @Test
    void aBatchWhoseTaskWasNeverSubmittedGetsIt() {
        BatchEntity batch = started(texts.objects("a"));
        mongo.remove(task(batch), "tasks");

        assertThat(look(batch)).isEqualTo(SOON);

        assertThat(mongo.findOne(task(batch), Document.class, "tasks")).isNotNull();
    }

    @Test
    void aBatchWhoseTaskEndedWithoutItIsStopped() {
        BatchEntity lost = started(texts.objects("a"));
        end(lost, TaskStatus.FAILED);
        BatchEntity canceled = started(texts.objects("b"));
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
        BatchEntity draft = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        BatchReconciler watch = SERVICE.bean(BatchReconciler.class);

        assertThat(watch.run(new HandWork(draft, 1, Instant.now()))).isEqualTo(SOON);
        assertThat(watch.run(new HandWork(draft, 1, Instant.now().minusSeconds(61))))
                .isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void aWatchOfAnEarlierRunIsOver() {
        BatchEntity batch = started(texts.objects("a"));

        assertThat(SERVICE.bean(BatchReconciler.class).run(new HandWork(batch, 0, Instant.now())))
                .isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void whatWasLeftHalfMadeGoesAfterAQuarterOfAnHour() {
        BatchEntity fresh = hidden(Instant.now());
        BatchEntity old = hidden(Instant.now().minus(Duration.ofMinutes(16)));

        assertThat(look(fresh))
                .isInstanceOfSatisfying(
                        TaskOutcome.Later.class,
                        later -> assertThat(later.after()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15)));
        assertThat(look(old)).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(mark(fresh)).isNull();
        assertThat(mark(old)).isNotNull();
        assertThat(look(old)).isInstanceOf(TaskOutcome.Completed.class);
    }

    private Object mark(BatchEntity batch) {
        String key = batch.scope().key(batch.id().value());
        return mongo.findById(key, Document.class, "batches").get("deletion");
    }

    private BatchEntity hidden(Instant createdAt) {
        BatchId id = new BatchId("btch_" + UUID.randomUUID().toString().substring(0, 8));
        BatchEntity batch = BatchEntity.draft(texts.scope(), new BucketId(texts.bucket()), id, List.of(), 0, createdAt);
        assertThat(store.insert(batch)).isTrue();
        return batch;
    }

    private void end(BatchEntity batch, TaskStatus status) {
        mongo.updateFirst(task(batch), Update.update("status", status.name()), "tasks");
    }

    private static Query task(BatchEntity batch) {
        return query(where("_id").is(batch.task().value()));
    }
}
