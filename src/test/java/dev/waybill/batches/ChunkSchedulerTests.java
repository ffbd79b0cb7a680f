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

/** How a tier's work is handed out, and what is done about pieces that were ended early. No worker runs here. */
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
    void whatWasGivenUpKeepsCountOfItsRetries() {
        String object = texts.objects("a").getFirst();
        BatchEntity batch = started(List.of(object));
        handOutAll(batch, 1);
        results.save(BatchWork.result(batch, object, TaskStatus.PENDING, 2));
        endPieces(batch, TaskStatus.FAILED);

        chunkScheduler.giveUpLost(batch, batch.tiers().getFirst(), 1, object, () -> false);

        BatchResultEntity given = results.findAll(batch, 0, List.of(object)).get(object);
        assertThat(given.status()).isEqualTo(TaskStatus.FAILED);
        assertThat(given.retries()).isEqualTo(2);
    }

    @Test
    void whatAnEndedPieceLeftOpenIsHandedOutAgain() {
        List<String> objects = sorted("a", "b");
        BatchEntity batch = started(objects);
        Tier tier = batch.tiers().getFirst();
        handOutAll(batch, 2);
        endPieces(batch, TaskStatus.COMPLETED);

        chunkScheduler.giveUpLost(batch, tier, 2, objects.getLast(), () -> false);
        chunkScheduler.giveUpLost(batch, tier, 2, objects.getLast(), () -> false);

        assertThat(pieces(batch))
                .extracting(piece -> piece.getString("status"))
                .containsExactlyInAnyOrder("COMPLETED", "PENDING");
        assertThat(results.findAll(batch, 0, objects)).isEmpty();
    }

    @Test
    void whatWasNotHandedOutYetIsNotGivenUp() {
        List<String> objects = sorted("a", "b", "c");
        BatchEntity batch = started(objects);
        Tier tier = batch.tiers().getFirst();
        Tier.State first = chunkScheduler.handOut(batch, tier, tier.state(), 1, 2, () -> false);
        assertHandedOut(first, 2, objects.get(1), false);
        endPieces(batch, TaskStatus.FAILED);

        chunkScheduler.giveUpLost(batch, tier, 1, first.handedOutTo(), () -> false);

        assertThat(results.findAll(batch, 0, objects)).containsOnlyKeys(objects.get(0), objects.get(1));
        assertThat(pieces(batch)).hasSize(2);
    }

    @Test
    void piecesThatBeginWithTheSameObjectAreDifferentTasks() {
        BatchEntity batch = started(sorted("a", "b", "c"));

        handOutAll(batch, 1);
        assertThat(pieces(batch)).hasSize(3);
        handOutAll(batch, 3);

        assertThat(pieces(batch)).hasSize(4);
    }

    @Test
    void whatIsDoneAlreadyTakesNobodysPlace() {
        List<String> objects = sorted("a", "b", "c", "d");
        BatchEntity batch = started(objects);
        objects.subList(0, 3).forEach(id -> results.save(BatchWork.result(batch, id, TaskStatus.COMPLETED, 0)));

        Tier tier = batch.tiers().getFirst();
        Tier.State out = chunkScheduler.handOut(batch, tier, tier.state(), 1, 1, () -> false);

        assertHandedOut(out, 4, objects.getLast(), false);
        assertThat(pieces(batch)).hasSize(1);
    }

    /** Others would wait behind all of it. */
    @Test
    void aLargeTierHandsItsWorkOutBitByBit() {
        List<String> objects =
                sorted(IntStream.range(0, 10).mapToObj(i -> "text " + i).toArray(String[]::new));
        BatchEntity batch = started(objects);
        TierTask tier = service.bean(TierTask.class);
        HandWork work = new HandWork(batch, 0, List.of(), 1);
        int steps = 0;
        TaskOutcome outcome = tier.run(work);
        while (outcome instanceof TaskOutcome.Later && steps++ < 100) {
            List<String> open = pieces(batch).stream()
                    .filter(piece -> piece.getString("status").equals("PENDING"))
                    .map(piece -> objectOf(piece))
                    .toList();
            assertThat(open).hasSizeLessThanOrEqualTo(AT_ONCE);
            if (!open.isEmpty()) {
                endPiece(batch, open.getFirst());
            }
            outcome = tier.run(work);
        }

        assertThat(outcome).isInstanceOf(TaskOutcome.Completed.class);
        assertThat(pieces(batch)).hasSize(10);
        assertThat(results.countDone(batch, 0)).isEqualTo(10);
    }

    private void endPiece(BatchEntity batch, String object) {
        results.save(BatchWork.result(batch, object, TaskStatus.COMPLETED, 0));
        mongo.updateFirst(
                query(ofBatch(batch).and("payload.object_ids").is(object)),
                Update.update("status", TaskStatus.COMPLETED.name()),
                "tasks");
    }

    private static String objectOf(Document piece) {
        return piece.get("payload", Document.class)
                .getList("object_ids", String.class)
                .getFirst();
    }

    private void handOutAll(BatchEntity batch, int size) {
        Tier tier = batch.tiers().getFirst();
        Tier.State all = chunkScheduler.handOut(batch, tier, tier.state(), size, Long.MAX_VALUE, () -> false);
        long objects = batch.objectCount();
        assertHandedOut(all, objects, all.handedOutTo(), true);
    }

    private static void assertHandedOut(Tier.State state, long objects, String last, boolean all) {
        assertThat(state.handedOut()).isEqualTo(objects);
        assertThat(state.handedOutTo()).isEqualTo(last);
        assertThat(state.expected()).isEqualTo(all ? objects : null);
    }

    private List<String> sorted(String... each) {
        return texts.objects(each).stream().sorted().toList();
    }

    /** A batch at work in its first run. */
    private BatchEntity started(List<String> objects) {
        String id = texts.draft(objects);
        texts.submit(id);
        BatchEntity batch = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        store.start(batch, Instant.now());
        return store.find(batch.scope(), batch.id()).orElseThrow();
    }

    private List<Document> pieces(BatchEntity batch) {
        return mongo.find(query(ofBatch(batch)), Document.class, "tasks");
    }

    private void endPieces(BatchEntity batch, TaskStatus status) {
        mongo.updateMulti(query(ofBatch(batch)), Update.update("status", status.name()), "tasks");
    }

    private static Criteria ofBatch(BatchEntity batch) {
        return where("handler").is(ChunkTask.NAME).and("inputs").is(batch.id().value());
    }
}
