package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.collections.CollectionId;
import dev.waybill.collections.DocumentId;
import dev.waybill.collections.ExtractedDocument;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;

/** What processing a batch leaves: results, documents, and the status of objects. */
class BatchWorkTests extends BatchWork {

    private final MongoOperations mongo = SERVICE.bean(MongoOperations.class);

    @Test
    void anObjectThatBreaksItsWorkerFailsAlone() {
        List<String> objects = texts.objects("a", "b", "c");
        BatchEntity batch = started(objects);
        results.save(result(batch, objects.get(1), TaskStatus.PENDING, 2));
        mongo.updateFirst(
                query(where("object_id").is(objects.get(1))), Update.update("blobs.0.type", "NONSENSE"), "objects");

        // A turn may be over before it comes to the broken one.
        assertThatThrownBy(() -> complete(batch, objects, 1)).isInstanceOf(RuntimeException.class);
        TaskOutcome outcome = complete(batch, objects, 3);

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(resultOf(batch, objects.get(0)).status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(resultOf(batch, objects.get(1)).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(resultOf(batch, objects.get(1)).retries()).isEqualTo(2);
        assertThat(resultOf(batch, objects.get(2)).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void resultsAndObjectsOfALargeBatchAreRemovedPageByPage() {
        BatchEntity batch = started(
                texts.objects(IntStream.range(0, 1100).mapToObj(i -> "t" + i).toArray(String[]::new)));
        String other = texts.objects("a").getFirst();
        BatchEntity beside = started(List.of(other));
        results.save(result(beside, other, TaskStatus.COMPLETED, 0));
        BatchItemStore items = SERVICE.bean(BatchItemStore.class);
        items.after(batch, null, 2000).forEach(id -> results.save(result(batch, id, TaskStatus.COMPLETED, 0)));

        store.removeParts(batch.scope(), null, batch.id(), () -> false);

        assertThat(results.countDone(batch, 0)).isZero();
        assertThat(items.count(batch)).isZero();
        assertThat(results.countDone(beside, 0)).isOne();
        assertThat(items.count(beside)).isOne();
    }

    @Test
    void aTiersResultsAreItsOwnHoweverManyTiersThereAre() {
        List<String> objects = texts.objects("a", "b", "c").stream().sorted().toList();
        BatchEntity batch = started(objects);
        for (int tier : List.of(0, 1, 2, 10, 11)) {
            objects.forEach(id -> results.save(result(batch, tier, id)));
        }

        assertThat(results.after(batch, 1, null, 100))
                .extracting(BatchResultEntity::tier, BatchResultEntity::objectId)
                .containsExactlyElementsOf(objects.stream()
                        .map(id -> org.assertj.core.groups.Tuple.tuple(1, id))
                        .toList());
        assertThat(results.after(batch, 1, objects.get(1), 100))
                .extracting(BatchResultEntity::objectId)
                .containsExactly(objects.get(2));
    }

    @Test
    void theObjectsOfACanceledBatchAreCanceled() {
        texts.collection("chunks", "whole", "test_chunks");
        List<String> objects = texts.objects("a", "b");
        BatchEntity batch = started(objects);
        complete(batch, objects.subList(0, 1), 1);
        assertThat(status(objects.get(0))).isEqualTo(TaskStatus.PROCESSING);
        store.stop(batch, null, Instant.now());

        assertThat(reconcile(batch)).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(status(objects.get(0))).isEqualTo(TaskStatus.CANCELED);
        assertThat(status(objects.get(1))).isEqualTo(TaskStatus.DRAFT);
        assertThat(store.hasObjectsToUpdate(batch)).isFalse();
    }

    @Test
    void theObjectsOfACanceledBatchThatIsDeletedAtOnceAreCanceledToo() {
        texts.collection("chunks", "whole", "test_chunks");
        List<String> objects = texts.objects("a");
        BatchEntity batch = started(objects);
        complete(batch, objects, 1);
        store.stop(batch, null, Instant.now());

        assertThat(texts.client().delete(texts.path("/batches/" + batch.id())).status())
                .isEqualTo(200);

        assertThat(status(objects.getFirst())).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void aCrashAfterAnObjectWasMarkedAsProcessingIsReconciled() {
        List<String> objects = texts.objects("a");
        BatchEntity batch = started(objects);
        store.stop(batch, null, Instant.now());
        reconcile(batch);
        SERVICE.bean(Objects.class)
                .processed(
                        texts.scope(),
                        new BucketId(texts.bucket()),
                        new ObjectId(objects.getFirst()),
                        TaskStatus.PROCESSING,
                        null);

        assertThat(chunk.run(new HandWork(batch, 0, objects, 2))).isInstanceOf(TaskOutcome.Canceled.class);

        assertThat(status(objects.getFirst())).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void documentsMadeOfFormerDocumentsAreRemovedHoweverManyThereAre() {
        String parts = texts.collection("parts", "", "test_chunks");
        String again = texts.collection("again", parts, "test_text");
        String object = texts.objects(String.join(
                        " ", IntStream.range(0, 250).mapToObj(i -> "w" + i).toList()))
                .getFirst();
        BatchEntity batch = started(List.of(object));
        complete(batch, List.of(object), 1);
        int tier = 1;
        ExtractedDocument former = new ExtractedDocument(
                DocumentId.of(again, new ObjectId(object), "doc_of_a_former_time", 0),
                texts.scope(),
                new BucketId(texts.bucket()),
                new CollectionId(again),
                new ObjectId(object),
                "doc_of_a_former_time",
                "test_text_v1",
                0,
                batch.id().value(),
                Map.of("text", "former"),
                List.of(),
                Instant.now());
        extractedDocuments.replaceAll(List.of(former));

        assertThat(chunk.run(new HandWork(batch, tier, List.of(object), 1))).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(texts.documents(parts)).isEqualTo(250);
        assertThat(texts.documents(again)).isEqualTo(250);
    }

    private TaskStatus status(String object) {
        return SERVICE.bean(Objects.class)
                .find(texts.scope(), new ObjectId(object))
                .orElseThrow()
                .status();
    }

    private static BatchResultEntity result(BatchEntity batch, int tier, String object) {
        return result(batch, tier, object, TaskStatus.COMPLETED, 0);
    }
}
