package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.collections.CollectionId;
import dev.waybill.collections.DocumentId;
import dev.waybill.collections.Extract;
import dev.waybill.collections.Extracts;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.TestExtractors;
import dev.waybill.testing.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;

/** What workers of a batch leave to each other. No worker runs here: each step is done by the test, in its order. */
class BatchWorkTests {

    private static final Duration TURN = Duration.ofMillis(20);

    private static ServiceUnderTest service;

    private final BatchStore store = service.bean(BatchStore.class);
    private final BatchResultStore results = service.bean(BatchResultStore.class);
    private final ChunkTask chunk = service.bean(ChunkTask.class);
    private final Extracts extracts = service.bean(Extracts.class);
    private final MongoOperations mongo = service.bean(MongoOperations.class);

    private Texts texts;
    private String whole;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(TestExtractors.ON);
        settings.put("waybill.tasks.workers-enabled", "false");
        settings.put("waybill.batches.watch-interval", "1h");
        settings.put("waybill.batches.turn", TURN.toMillis() + "ms");
        service = ServiceUnderTest.shared(settings);
    }

    @BeforeEach
    void openABucket() {
        service.bean(TestExtractors.Gate.class).close();
        texts = Texts.create(service, "test_text", "test_chunks");
        whole = texts.collection("whole", "", "test_text");
    }

    @Test
    void whoComesTooLateLeavesTheNextRunsDocumentsAndResult() {
        String object = texts.objects("GATE").getFirst();
        Batch first = started(List.of(object));
        CompletableFuture<TaskOutcome> late = working(new HandWork(first, 0, List.of(object), 1));
        store.stop(first, null, Instant.now());
        service.bean(Submissions.class).retry(first, new Batch.RetryTerms(false, List.of(), 3), "retry_1");
        Batch second = reread(first);
        store.start(second, Instant.now());
        write(second, object, "one", "two");
        results.save(second, result(second, object, TaskStatus.COMPLETED, 0));

        service.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).containsExactlyInAnyOrder("one", "two");
        assertThat(resultOf(second, object).run()).isEqualTo(2);
    }

    @Test
    void whoLostTheLeaseRemovesNothing() {
        String object = texts.objects("GATE").getFirst();
        Batch batch = started(List.of(object));
        HandWork stalled = new HandWork(batch, 0, List.of(object), 1);
        CompletableFuture<TaskOutcome> late = working(stalled);
        stalled.lose();
        write(batch, object, "one", "two");

        service.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).containsExactlyInAnyOrder("one", "two");
        assertThat(results.findAll(batch, 0, List.of(object))).isEmpty();
    }

    @Test
    void aResultNeverReplacesALaterRuns() {
        String object = texts.objects("a").getFirst();
        Batch batch = started(List.of(object));
        ObjectResult first = result(batch, object, TaskStatus.FAILED, 0);
        store.stop(batch, null, Instant.now());
        service.bean(Submissions.class).retry(batch, new Batch.RetryTerms(false, List.of(), 3), "retry_1");
        Batch second = reread(batch);

        assertThat(results.save(second, result(second, object, TaskStatus.PENDING, 0)))
                .isTrue();
        assertThat(results.save(second, result(second, object, TaskStatus.COMPLETED, 0)))
                .isTrue();
        assertThat(results.save(batch, first)).isFalse();

        assertThat(resultOf(second, object).status()).isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void anObjectThatBreaksItsWorkerFailsAlone() {
        List<String> objects = texts.objects("a", "b", "c");
        Batch batch = started(objects);
        results.save(batch, result(batch, objects.get(1), TaskStatus.PENDING, 2));
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
    void whoReopensTooLateOpensNothingThatThisRunDid() {
        List<String> objects = texts.objects("a", "b");
        Batch batch = started(objects);
        results.save(batch, result(batch, objects.get(0), TaskStatus.FAILED, 0));
        results.save(batch, result(batch, objects.get(1), TaskStatus.FAILED, 0));
        store.stop(batch, null, Instant.now());
        service.bean(Submissions.class).retry(batch, new Batch.RetryTerms(false, List.of(), 3), "retry_1");
        Batch second = reread(batch);
        results.save(second, result(second, objects.get(0), TaskStatus.FAILED, 1));

        service.bean(Reopening.class).reopen(second, () -> false);

        assertThat(resultOf(second, objects.get(0)).status()).isEqualTo(TaskStatus.FAILED);
        assertThat(resultOf(second, objects.get(1)).status()).isEqualTo(TaskStatus.PENDING);
    }

    @Test
    void documentsStayWhenABatchIsCanceledAndDeleted() {
        String object = texts.objects("GATE").getFirst();
        Batch batch = started(List.of(object));
        write(batch, object, "made before");
        CompletableFuture<TaskOutcome> late = working(new HandWork(batch, 0, List.of(object), 1));
        store.stop(batch, null, Instant.now());
        assertThat(texts.client().delete(texts.path("/batches/" + batch.id())).status())
                .isEqualTo(200);
        assertThat(texts.batch(batch.id().value()).status()).isEqualTo(404);

        service.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).containsExactly("made before");
    }

    @Test
    void documentsGoWhenTheBatchWentWithItsBucket() {
        String object = texts.objects("GATE").getFirst();
        Batch batch = started(List.of(object));
        CompletableFuture<TaskOutcome> late = working(new HandWork(batch, 0, List.of(object), 1));
        service.bean(BatchContents.class)
                .purge(service.bean(Buckets.class).require(texts.scope(), texts.bucket()), count -> {}, () -> false);
        write(batch, object, "made too late");

        service.bean(TestExtractors.Gate.class).open();

        assertThat(late.join()).isInstanceOf(TaskOutcome.Canceled.class);
        assertThat(texts(object)).isEmpty();
    }

    @Test
    void aBatchThatCannotBeLookedAfterHoldsUpNoOther() {
        Batch bad = started(texts.objects("a"));
        Batch good = started(texts.objects("b"));
        mongo.updateFirst(
                query(where("_id").is(bad.task().value())), Update.update("organization_id", "org_other"), "tasks");
        mongo.remove(query(where("_id").is(good.task().value())), "tasks");
        store.checkAgain(bad, Instant.EPOCH);
        store.checkAgain(good, Instant.EPOCH.plusSeconds(1));

        service.bean(BatchWatch.class).run();

        assertThat(mongo.findById(good.task().value(), Document.class, "tasks")).isNotNull();
        assertThat(store.due(Instant.now(), 100))
                .extracting(watched -> watched.batch().id())
                .doesNotContain(bad.id(), good.id());
    }

    @Test
    void resultsAndObjectsOfALargeBatchAreRemovedPageByPage() {
        Batch batch = started(
                texts.objects(IntStream.range(0, 1100).mapToObj(i -> "t" + i).toArray(String[]::new)));
        String other = texts.objects("a").getFirst();
        Batch beside = started(List.of(other));
        results.save(beside, result(beside, other, TaskStatus.COMPLETED, 0));
        BatchItemStore items = service.bean(BatchItemStore.class);
        items.after(batch, null, 2000).forEach(id -> results.save(batch, result(batch, id, TaskStatus.COMPLETED, 0)));

        results.removeAll(batch);
        items.removeAll(batch);

        assertThat(results.countDone(batch, 0)).isZero();
        assertThat(items.count(batch)).isZero();
        assertThat(results.countDone(beside, 0)).isOne();
        assertThat(items.count(beside)).isOne();
    }

    @Test
    void aTiersResultsAreItsOwnHoweverManyTiersThereAre() {
        List<String> objects = texts.objects("a", "b", "c").stream().sorted().toList();
        Batch batch = started(objects);
        for (int tier : List.of(0, 1, 2, 10, 11)) {
            objects.forEach(id -> results.save(batch, result(batch, tier, id)));
        }

        assertThat(results.after(batch, 1, null, 100))
                .extracting(ObjectResult::tier, ObjectResult::objectId)
                .containsExactlyElementsOf(objects.stream()
                        .map(id -> org.assertj.core.groups.Tuple.tuple(1, id))
                        .toList());
        assertThat(results.after(batch, 1, objects.get(1), 100))
                .extracting(ObjectResult::objectId)
                .containsExactly(objects.get(2));
    }

    @Test
    void theObjectsOfACanceledBatchAreToldSo() {
        texts.collection("chunks", "whole", "test_chunks");
        List<String> objects = texts.objects("a", "b");
        Batch batch = started(objects);
        complete(batch, objects.subList(0, 1), 1);
        assertThat(status(objects.get(0))).isEqualTo(TaskStatus.PROCESSING);
        store.stop(batch, null, Instant.now());

        service.bean(BatchWatch.class).run();

        assertThat(status(objects.get(0))).isEqualTo(TaskStatus.CANCELED);
        assertThat(status(objects.get(1))).isEqualTo(TaskStatus.DRAFT);
        assertThat(store.isToBeTold(batch)).isFalse();
    }

    @Test
    void theObjectsOfABatchThatIsDeletedAtOnceAreToldToo() {
        texts.collection("chunks", "whole", "test_chunks");
        List<String> objects = texts.objects("a");
        Batch batch = started(objects);
        complete(batch, objects, 1);
        store.stop(batch, null, Instant.now());

        assertThat(texts.client().delete(texts.path("/batches/" + batch.id())).status())
                .isEqualTo(200);

        assertThat(status(objects.getFirst())).isEqualTo(TaskStatus.CANCELED);
    }

    @Test
    void whoDiedAfterTellingThatAnObjectIsProcessedIsMadeUpFor() {
        List<String> objects = texts.objects("a");
        Batch batch = started(objects);
        store.stop(batch, null, Instant.now());
        service.bean(BatchWatch.class).run();
        service.bean(Objects.class)
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
    void afterItsTurnAWorkerLetsOthersGoOn() {
        List<String> objects = texts.objects("GATE", "b");
        Batch batch = started(objects);
        CompletableFuture<TaskOutcome> slow = working(new HandWork(batch, 0, objects, 1));
        Instant over = Instant.now().plus(TURN).plus(TURN);
        await().until(() -> Instant.now().isAfter(over));
        service.bean(TestExtractors.Gate.class).open();

        assertThat(slow.join()).isEqualTo(new TaskOutcome.Later(Duration.ZERO));
        assertThat(results.countDone(batch, 0)).isOne();
        assertThat(complete(batch, objects, 1)).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(results.countDone(batch, 0)).isEqualTo(2);
    }

    @Test
    void whatWasReadOutOfFormerDocumentsGoesHoweverManyThereAre() {
        String parts = texts.collection("parts", "", "test_chunks");
        String again = texts.collection("again", parts, "test_text");
        String object = texts.objects(String.join(
                        " ", IntStream.range(0, 250).mapToObj(i -> "w" + i).toList()))
                .getFirst();
        Batch batch = started(List.of(object));
        complete(batch, List.of(object), 1);
        int tier = 1;
        Extract former = new Extract(
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
                Instant.now());
        extracts.replaceAll(List.of(former));

        assertThat(chunk.run(new HandWork(batch, tier, List.of(object), 1))).isInstanceOf(TaskOutcome.Completed.class);

        assertThat(texts.documents(parts)).isEqualTo(250);
        assertThat(texts.documents(again)).isEqualTo(250);
    }

    /** A batch at work in its first run. */
    private Batch started(List<String> objects) {
        String id = texts.draft(objects);
        texts.submit(id);
        Batch batch = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        store.start(batch, Instant.now());
        return reread(batch);
    }

    private Batch reread(Batch batch) {
        return store.find(batch.scope(), batch.id()).orElseThrow();
    }

    /** A worker that waits at the gate now. */
    private CompletableFuture<TaskOutcome> working(HandWork work) {
        TestExtractors.Counter counter = service.bean(TestExtractors.Counter.class);
        int before = counter.count();
        CompletableFuture<TaskOutcome> outcome = CompletableFuture.supplyAsync(() -> chunk.run(work));
        await().until(() -> counter.count() > before);
        return outcome;
    }

    /** Works on these objects, in as many turns as it takes. */
    private TaskOutcome complete(Batch batch, List<String> objects, int attempt) {
        TaskOutcome outcome = chunk.run(new HandWork(batch, 0, objects, attempt));
        while (outcome instanceof TaskOutcome.Later) {
            outcome = chunk.run(new HandWork(batch, 0, objects, attempt));
        }
        return outcome;
    }

    private void write(Batch batch, String object, String... each) {
        ObjectId id = new ObjectId(object);
        String source = object.replace("obj_", "blob_");
        extracts.replaceAll(IntStream.range(0, each.length)
                .mapToObj(i -> new Extract(
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
                        Instant.now()))
                .toList());
    }

    private List<String> texts(String object) {
        return extracts.after(texts.scope(), new CollectionId(whole), new ObjectId(object), null, 100).stream()
                .map(extract -> String.valueOf(extract.fields().get("text")))
                .toList();
    }

    private ObjectResult resultOf(Batch batch, String object) {
        return results.findAll(batch, 0, List.of(object)).get(object);
    }

    private TaskStatus status(String object) {
        return service.bean(Objects.class)
                .find(texts.scope(), new ObjectId(object))
                .orElseThrow()
                .status();
    }

    private static ObjectResult result(Batch batch, int tier, String object) {
        return result(batch, tier, object, TaskStatus.COMPLETED, 0);
    }

    private static ObjectResult result(Batch batch, String object, TaskStatus status, int retries) {
        return result(batch, 0, object, status, retries);
    }

    private static ObjectResult result(Batch batch, int tier, String object, TaskStatus status, int retries) {
        return new ObjectResult(
                object,
                tier,
                status,
                1,
                0,
                1,
                1,
                List.of(),
                List.of(),
                0,
                true,
                retries,
                batch.run(),
                1,
                Instant.now());
    }
}
