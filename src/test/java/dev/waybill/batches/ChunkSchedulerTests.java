package dev.waybill.batches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.TestExtractors;
import dev.waybill.testing.Texts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;

/** How a tier's chunks are dispatched, and recovery of chunks that ended early. No worker runs here. */
class ChunkSchedulerTests {

    private static final int AT_ONCE = 3;

    private static ServiceUnderTest service;

    private final BatchStore store = service.bean(BatchStore.class);
    private final BatchResultStore results = service.bean(BatchResultStore.class);
    private final ChunkScheduler chunkScheduler = service.bean(ChunkScheduler.class);
    private final MongoOperations mongo = service.bean(MongoOperations.class);

    private Texts texts;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(TestExtractors.ON);
        settings.put("waybill.tasks.workers-enabled", "false");
        settings.put("waybill.batches.chunk-size", "1");
        settings.put("waybill.batches.chunks-at-once", String.valueOf(AT_ONCE));
        service = ServiceUnderTest.shared(settings);
    }

    @BeforeEach
    void openABucket() {
        texts = Texts.create(service, "test_text");
        texts.collection("whole", "", "test_text");
    }

    @Test
    void aLostObjectKeepsItsRetryCount() {
        String object = texts.objects("a").getFirst();
        BatchEntity batch = started(List.of(object));
        dispatchAll(batch, 1);
        results.save(BatchWork.result(batch, object, TaskStatus.PENDING, 2));
        endChunks(batch, TaskStatus.FAILED);

        chunkScheduler.recoverLost(batch, batch.tiers().getFirst(), 1, object, () -> false);

        BatchResultEntity result = results.findAll(batch, 0, List.of(object)).get(object);
        assertThat(result.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(result.retries()).isEqualTo(2);
    }

    @Test
    void whatAnEndedChunkLeftOpenIsDispatchedAgain() {
        List<String> objects = sorted("a", "b");
        BatchEntity batch = started(objects);
        Tier tier = batch.tiers().getFirst();
        dispatchAll(batch, 2);
        endChunks(batch, TaskStatus.COMPLETED);

        chunkScheduler.recoverLost(batch, tier, 2, objects.getLast(), () -> false);
        chunkScheduler.recoverLost(batch, tier, 2, objects.getLast(), () -> false);

        assertThat(chunks(batch))
                .extracting(chunk -> chunk.getString("status"))
                .containsExactlyInAnyOrder("COMPLETED", "PENDING");
        assertThat(results.findAll(batch, 0, objects)).isEmpty();
    }

    @Test
    void whatWasNotDispatchedYetIsNotLost() {
        List<String> objects = sorted("a", "b", "c");
        BatchEntity batch = started(objects);
        Tier tier = batch.tiers().getFirst();
        Tier.State first = chunkScheduler.dispatch(batch, tier, tier.state(), 1, 2, () -> false);
        assertDispatched(first, 2, objects.get(1), false);
        endChunks(batch, TaskStatus.FAILED);

        chunkScheduler.recoverLost(batch, tier, 1, first.handedOutTo(), () -> false);

        assertThat(results.findAll(batch, 0, objects)).containsOnlyKeys(objects.get(0), objects.get(1));
        assertThat(chunks(batch)).hasSize(2);
    }

    @Test
    void chunksThatBeginWithTheSameObjectAreDifferentTasks() {
        BatchEntity batch = started(sorted("a", "b", "c"));

        dispatchAll(batch, 1);
        assertThat(chunks(batch)).hasSize(3);
        dispatchAll(batch, 3);

        assertThat(chunks(batch)).hasSize(4);
    }

    @Test
    void whatIsDoneAlreadyDoesNotCountAsDispatched() {
        List<String> objects = sorted("a", "b", "c", "d");
        BatchEntity batch = started(objects);
        objects.subList(0, 3).forEach(id -> results.save(BatchWork.result(batch, id, TaskStatus.COMPLETED, 0)));

        Tier tier = batch.tiers().getFirst();
        Tier.State out = chunkScheduler.dispatch(batch, tier, tier.state(), 1, 1, () -> false);

        assertDispatched(out, 4, objects.getLast(), false);
        assertThat(chunks(batch)).hasSize(1);
    }

    /** Other tasks would queue behind all of it. */
    @Test
    void aLargeTierIsDispatchedBitByBit() {
        List<String> objects =
                sorted(IntStream.range(0, 10).mapToObj(i -> "text " + i).toArray(String[]::new));
        BatchEntity batch = started(objects);
        TierTask tier = service.bean(TierTask.class);
        HandWork work = new HandWork(batch, 0, List.of(), 1);
        int steps = 0;
        TaskOutcome outcome = tier.run(work);
        while (outcome instanceof TaskOutcome.Later && steps++ < 100) {
            List<String> open = chunks(batch).stream()
                    .filter(chunk -> chunk.getString("status").equals("PENDING"))
                    .map(chunk -> objectOf(chunk))
                    .toList();
            assertThat(open).hasSizeLessThanOrEqualTo(AT_ONCE);
            if (!open.isEmpty()) {
                endChunk(batch, open.getFirst());
            }
            outcome = tier.run(work);
        }

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(chunks(batch)).hasSize(10);
        assertThat(results.countDone(batch, 0)).isEqualTo(10);
    }

    private void endChunk(BatchEntity batch, String object) {
        results.save(BatchWork.result(batch, object, TaskStatus.COMPLETED, 0));
        mongo.updateFirst(
                query(ofBatch(batch).and("payload.object_ids").is(object)),
                Update.update("status", TaskStatus.COMPLETED.name()),
                "tasks");
    }

    private static String objectOf(Document chunk) {
        return chunk.get("payload", Document.class)
                .getList("object_ids", String.class)
                .getFirst();
    }

    private void dispatchAll(BatchEntity batch, int size) {
        Tier tier = batch.tiers().getFirst();
        Tier.State all = chunkScheduler.dispatch(batch, tier, tier.state(), size, Long.MAX_VALUE, () -> false);
        long objects = batch.objectCount();
        assertDispatched(all, objects, all.handedOutTo(), true);
    }

    private static void assertDispatched(Tier.State state, long objects, String last, boolean all) {
        assertThat(state.handedOut()).isEqualTo(objects);
        assertThat(state.handedOutTo()).isEqualTo(last);
        assertThat(state.expected()).isEqualTo(all ? objects : null);
    }

    private List<String> sorted(String... each) {
        return texts.objects(each).stream().sorted().toList();
    }

    /** A batch in progress in its first run. */
    private BatchEntity started(List<String> objects) {
        String id = texts.draft(objects);
        texts.submit(id);
        BatchEntity batch = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        store.start(batch, Instant.now());
        return store.find(batch.scope(), batch.id()).orElseThrow();
    }

    private List<Document> chunks(BatchEntity batch) {
        return mongo.find(query(ofBatch(batch)), Document.class, "tasks");
    }

    private void endChunks(BatchEntity batch, TaskStatus status) {
        mongo.updateMulti(query(ofBatch(batch)), Update.update("status", status.name()), "tasks");
    }

    private static Criteria ofBatch(BatchEntity batch) {
        return where("handler").is(ChunkTask.NAME).and("inputs").is(batch.id().value());
    }
}
