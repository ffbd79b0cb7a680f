package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.collections.CollectionId;
import dev.waybill.collections.DocumentId;
import dev.waybill.collections.ExtractedDocument;
import dev.waybill.deletions.RecordedPass;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.TestExtractors;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a slow worker may still do: its turn, its lease, its batch or the run is over. */
class SlowWorkerTests extends BatchWork {

    @Test
    void aLateWorkerLeavesTheNextRunsDocumentsAndResult() {
        String object = texts.objects("GATE").getFirst();
        BatchEntity first = started(List.of(object));
        CompletableFuture<TaskOutcome> late = working(new HandWork(first, 0, List.of(object), 1));
        store.stop(first, null, Instant.now());
        SERVICE.bean(Batches.class).retry(first, new RetrySelection(false, List.of(), 3), "retry_1");
        BatchEntity second = reread(first);
        store.start(second, Instant.now());
        write(second, object, "one", "two");
        results.save(result(second, object, TaskStatus.COMPLETED, 0));

        SERVICE.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).containsExactlyInAnyOrder("one", "two");
        assertThat(resultOf(second, object).run()).isEqualTo(2);
    }

    @Test
    void aWorkerThatLostItsLeaseRemovesNothing() {
        String object = texts.objects("GATE").getFirst();
        BatchEntity batch = started(List.of(object));
        HandWork stalled = new HandWork(batch, 0, List.of(object), 1);
        CompletableFuture<TaskOutcome> late = working(stalled);
        stalled.lose();
        write(batch, object, "one", "two");

        SERVICE.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).containsExactlyInAnyOrder("one", "two");
        assertThat(results.findAll(batch, 0, List.of(object))).isEmpty();
    }

    @Test
    void aResultNeverReplacesALaterRuns() {
        String object = texts.objects("a").getFirst();
        BatchEntity batch = started(List.of(object));
        BatchResultEntity first = result(batch, object, TaskStatus.FAILED, 0);
        store.stop(batch, null, Instant.now());
        SERVICE.bean(Batches.class).retry(batch, new RetrySelection(false, List.of(), 3), "retry_1");
        BatchEntity second = reread(batch);

        assertThat(results.save(result(second, object, TaskStatus.PENDING, 0))).isTrue();
        assertThat(results.save(result(second, object, TaskStatus.COMPLETED, 0)))
                .isTrue();
        assertThat(results.save(first)).isFalse();

        assertThat(resultOf(second, object).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aLateReopenLeavesWhatThisRunDid() {
        List<String> objects = texts.objects("a", "b");
        BatchEntity batch = started(objects);
        results.save(result(batch, objects.get(0), TaskStatus.FAILED, 0));
        results.save(result(batch, objects.get(1), TaskStatus.FAILED, 0));
        store.stop(batch, null, Instant.now());
        SERVICE.bean(Batches.class).retry(batch, new RetrySelection(false, List.of(), 3), "retry_1");
        BatchEntity second = reread(batch);
        results.save(result(second, objects.get(0), TaskStatus.FAILED, 1));

        SERVICE.bean(BatchTask.class).reopen(second, () -> false);

        assertThat(resultOf(second, objects.get(0)).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(resultOf(second, objects.get(1)).status()).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void documentsStayWhenABatchIsCanceledAndDeleted() {
        String object = texts.objects("GATE").getFirst();
        BatchEntity batch = started(List.of(object));
        write(batch, object, "made before");
        CompletableFuture<TaskOutcome> late = working(new HandWork(batch, 0, List.of(object), 1));
        store.stop(batch, null, Instant.now());
        assertThat(texts.client().delete(texts.path("/batches/" + batch.id())).status())
                .isEqualTo(200);
        assertThat(texts.batch(batch.id().value()).status()).isEqualTo(404);

        SERVICE.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).containsExactly("made before");
    }

    @Test
    void documentsAreRemovedWhenTheBatchIsDeletedTogetherWithItsBucket() {
        String object = texts.objects("GATE").getFirst();
        BatchEntity batch = started(List.of(object));
        CompletableFuture<TaskOutcome> late = working(new HandWork(batch, 0, List.of(object), 1));
        SERVICE.beans(BucketContents.class).stream()
                .sorted(Comparator.comparingInt(BucketContents::order))
                .forEach(contents -> contents.purge(texts.scope(), new BucketId(texts.bucket()), new RecordedPass()));
        write(batch, object, "made too late");

        SERVICE.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).isEmpty();
    }

    @Test
    void documentsAreRemovedWhenTheirObjectIsDeletedWhileTheBatchIsCanceled() {
        String object = texts.objects("GATE").getFirst();
        BatchEntity batch = started(List.of(object));
        CompletableFuture<TaskOutcome> late = working(new HandWork(batch, 0, List.of(object), 1));
        store.stop(batch, null, Instant.now());
        assertThat(texts.client().delete(texts.path("/batches/" + batch.id())).status())
                .isEqualTo(200);
        assertThat(texts.client().delete(texts.path("/objects/" + object)).status())
                .isEqualTo(204);
        write(batch, object, "made too late");

        SERVICE.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).isEmpty();
    }

    @Test
    void aResultRecordedAfterTheDeletionIsRemoved() {
        texts.collection("chunks", "whole", "test_chunks");
        String object = texts.objects("a").getFirst();
        BatchEntity batch = started(List.of(object));
        store.stop(batch, null, Instant.now());
        assertThat(texts.client().delete(texts.path("/batches/" + batch.id())).status())
                .isEqualTo(200);

        SERVICE.bean(ResultRecorder.class).record(batch, result(batch, object, TaskStatus.COMPLETED, 0));

        assertThat(results.findAll(batch, 0, List.of(object))).isEmpty();
        assertThat(SERVICE.bean(Objects.class)
                        .find(texts.scope(), new ObjectId(object))
                        .orElseThrow()
                        .status())
                .isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void afterItsTurnAWorkerYields() {
        List<String> objects = texts.objects("GATE", "b");
        BatchEntity batch = started(objects);
        CompletableFuture<TaskOutcome> slow = working(new HandWork(batch, 0, objects, 1));
        Instant over = Instant.now().plus(TURN).plus(TURN);
        await().until(() -> Instant.now().isAfter(over));
        SERVICE.bean(TestExtractors.Gate.class).open();

        assertThat(slow.join()).isEqualTo(new TaskOutcome.Later(Duration.ZERO));
        assertThat(results.countDone(batch, 0)).isOne();
        assertThat(complete(batch, objects, 1)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(results.countDone(batch, 0)).isEqualTo(2);
    }

    /** A worker that waits at the gate now. */
    private CompletableFuture<TaskOutcome> working(HandWork work) {
        TestExtractors.Counter counter = SERVICE.bean(TestExtractors.Counter.class);
        int before = counter.count();
        CompletableFuture<TaskOutcome> outcome = CompletableFuture.supplyAsync(() -> chunk.run(work));
        await().until(() -> counter.count() > before);
        return outcome;
    }

    private void write(BatchEntity batch, String object, String... each) {
        ObjectId id = new ObjectId(object);
        String source = object.replace("obj_", "blob_");
        extractedDocuments.replaceAll(IntStream.range(0, each.length)
                .mapToObj(i -> new ExtractedDocument(
                        DocumentId.of(whole, id, source, i),
                        batch.scope(),
                        batch.bucket(),
                        new CollectionId(whole),
                        id,
                        source,
                        "test_text_v1",
                        i,
                        batch.id().value(),
                        Map.of("text", each[i]),
                        List.of(),
                        Instant.now()))
                .toList());
    }

    private List<String> texts(String object) {
        return extractedDocuments
                .after(texts.scope(), new CollectionId(whole), new ObjectId(object), null, 100)
                .stream()
                .map(extract -> String.valueOf(extract.fields().get("text")))
                .toList();
    }
}
