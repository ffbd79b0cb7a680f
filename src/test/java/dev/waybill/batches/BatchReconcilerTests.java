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

/** Reconciliation of batches that no other task would finish. */
class BatchReconcilerTests extends BatchWork {

    private static final TaskOutcome SOON = new TaskOutcome.Later(Duration.ofSeconds(10));

    private final MongoOperations mongo = SERVICE.bean(MongoOperations.class);

    @Test
    void anActiveBatchIsReconciledAgainAndAgain() {
        BatchEntity batch = started(texts.objects("a"));

        assertThat(reconcile(batch)).isEqualTo(SOON);
        assertThat(reread(batch)).isEqualTo(batch);
    }

    @Test
    void aTaskThatWasNeverSubmittedIsSubmitted() {
        BatchEntity batch = started(texts.objects("a"));
        mongo.remove(task(batch), "tasks");

        assertThat(reconcile(batch)).isEqualTo(SOON);

        assertThat(mongo.findOne(task(batch), Document.class, "tasks")).isNotNull();
    }

    @Test
    void anActiveBatchWhoseTaskEndedIsStopped() {
        BatchEntity lost = started(texts.objects("a"));
        end(lost, TaskStatus.FAILED);
        BatchEntity canceled = started(texts.objects("b"));
        end(canceled, TaskStatus.CANCELED);

        assertThat(reconcile(lost)).isEqualTo(new TaskOutcome.Later(Duration.ZERO));
        assertThat(reconcile(canceled)).isEqualTo(new TaskOutcome.Later(Duration.ZERO));

        assertThat(reread(lost).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(reread(lost).error()).contains("given up");
        assertThat(reread(canceled).status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(reconcile(lost)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(reconcile(canceled)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(store.hasObjectsToUpdate(lost)).isFalse();
    }

    @Test
    void aRunIsWaitedForUntilItsRequestMustBeOver() {
        String id = texts.draft(texts.objects("a"));
        BatchEntity draft = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        BatchReconciler reconciler = SERVICE.bean(BatchReconciler.class);

        assertThat(reconciler.run(new HandWork(draft, 1, Instant.now()))).isEqualTo(SOON);
        assertThat(reconciler.run(new HandWork(draft, 1, Instant.now().minusSeconds(61))))
                .isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void reconcilingAnEarlierRunCompletes() {
        BatchEntity batch = started(texts.objects("a"));

        assertThat(SERVICE.bean(BatchReconciler.class).run(new HandWork(batch, 0, Instant.now())))
                .isInstanceOf(TaskOutcome.Completed.class);
    }

    @Test
    void aHalfCreatedBatchIsDeletedAfterAQuarterOfAnHour() {
        BatchEntity fresh = hidden(Instant.now());
        BatchEntity old = hidden(Instant.now().minus(Duration.ofMinutes(16)));

        assertThat(reconcile(fresh))
                .isInstanceOfSatisfying(
                        TaskOutcome.Later.class,
                        later -> assertThat(later.after()).isBetween(Duration.ofMinutes(14), Duration.ofMinutes(15)));
        assertThat(reconcile(old)).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(deletion(fresh)).isNull();
        assertThat(deletion(old)).isNotNull();
        assertThat(reconcile(old)).isInstanceOf(TaskOutcome.Completed.class);
    }

    private Object deletion(BatchEntity batch) {
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
