package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.deletions.DeletionsByHand;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Sort;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;

/** Deletion of a batch by itself, and when it is refused. */
class BatchDeletionTests extends BatchWork {

    private final MongoOperations mongo = SERVICE.bean(MongoOperations.class);
    private final BatchItemStore items = SERVICE.bean(BatchItemStore.class);
    private Instant now = Instant.parse("2026-01-31T12:00:00.123Z");
    private String crashAt = "";
    private final DeletionsByHand deletions = new DeletionsByHand(mongo, this::reach, () -> now);
    private final BatchDeletion deletion = deletions.with(new BatchDeletion(deletions.door(), store));

    @Test
    void aStoppedBatchIsDeletedTogetherWithItsItemsAndResults() {
        List<String> objects = texts.objects("a", "b");
        BatchEntity batch = stopped(objects);
        BatchEntity beside = stopped(objects);

        assertThat(deletion.begin(batch)).isTrue();
        TaskId task = deletions.tasks().getFirst();
        assertThat(store.find(batch.scope(), batch.id())).isEmpty();
        assertThat(store.list(batch.scope(), batch.bucket(), null, ListQuery.first(10, Sort.descending("created_at")))
                        .items())
                .extracting(BatchEntity::id)
                .containsExactly(beside.id());

        assertThat(deletions.run(task)).isInstanceOf(TaskOutcome.Later.class);
        assertThat(results.countDone(batch, 0)).isZero();
        assertThat(items.count(batch)).isZero();
        results.save(result(batch, objects.getFirst(), TaskStatus.COMPLETED, 0));
        now = now.plus(DeletionsByHand.SETTLE);
        assertThat(deletions.run(task)).isInstanceOf(TaskOutcome.Later.class);
        assertThat(results.countDone(batch, 0))
                .as("late results are removed too")
                .isZero();
        assertThat(stored(batch)).isNotNull();

        assertThat(deletions.run(task)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(stored(batch)).isNull();
        assertThat(results.countDone(beside, 0)).isOne();
        assertThat(items.count(beside)).isEqualTo(2);
    }

    @Test
    void aBatchThatBeganARunBeforeItsDeletionWasStoredStaysEvenWhenTheRunIsOver() {
        String id = texts.draft(texts.objects("a"));
        BatchEntity draft = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        crashAt = "batch-delete.submitted";
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> deletion.begin(draft));
        crashAt = "";
        texts.submit(id);
        store.stop(reread(draft), null, Instant.now());
        now = now.plus(DeletionsByHand.SETTLE);

        assertThat(deletions.run(deletions.tasks().getFirst())).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(reread(draft).status()).isEqualTo(TaskStatus.CANCELED);
        assertThat(items.count(draft)).isOne();
        assertThat(deletion.begin(draft)).isFalse();
        assertThat(deletion.begin(reread(draft))).isTrue();
        assertThat(store.find(draft.scope(), draft.id())).isEmpty();
    }

    @Test
    void aBatchThatIsBeingDeletedBeginsNoRun() {
        String id = texts.draft(texts.objects("a"));
        BatchEntity draft = store.find(texts.scope(), new BatchId(id)).orElseThrow();

        assertThat(deletion.begin(draft)).isTrue();

        assertThat(store.submit(draft, List.of(), 1, draft.taskOfRun(1), Instant.now()))
                .isFalse();
        assertThat(deletion.begin(draft)).as("once more").isTrue();
        assertThat(deletions.tasks()).hasSize(1);
    }

    @Test
    void aRepeatedRequestDoesNotRecreateADeletedBatch() {
        List<String> objects = texts.objects("a");
        BatchEntity batch = stopped(objects);
        deletion.begin(batch);
        now = now.plus(DeletionsByHand.SETTLE);
        deletions.run(deletions.tasks().getFirst());
        deletions.run(deletions.tasks().getFirst());
        assertThat(stored(batch)).isNull();

        var task = SERVICE.bean(Batches.class)
                .process(
                        batch.scope(),
                        batch.bucket(),
                        batch.id(),
                        objects.stream().map(dev.waybill.objects.ObjectId::new).toList());

        assertThat(task.id()).isEqualTo(batch.task());
        assertThat(stored(batch)).isNull();
    }

    /** With one result. */
    private BatchEntity stopped(List<String> objects) {
        BatchEntity batch = started(objects);
        results.save(result(batch, objects.getFirst(), TaskStatus.COMPLETED, 0));
        store.stop(batch, null, Instant.now());
        return reread(batch);
    }

    private Document stored(BatchEntity batch) {
        return mongo.findById(batch.scope().key(batch.id().value()), Document.class, "batches");
    }

    private void reach(String step) {
        if (step.equals(crashAt)) {
            throw new IllegalStateException("crashed at " + step);
        }
    }
}
