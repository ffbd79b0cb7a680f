package dev.waybill.batches;

import dev.waybill.collections.ExtractedDocuments;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Test base: a bucket of texts on a service in which no worker runs: each step of a batch's work is done by the test,
 * in its order. There is one gate for all texts, so the classes take turns.
 */
@ResourceLock("batch work")
abstract class BatchWork {

    static final Duration TURN = Duration.ofMillis(20);
    static final ServiceUnderTest SERVICE = ServiceUnderTest.shared(settings());

    final BatchStore store = SERVICE.bean(BatchStore.class);
    final BatchResultStore results = SERVICE.bean(BatchResultStore.class);
    final ChunkTask chunk = SERVICE.bean(ChunkTask.class);
    final ExtractedDocuments extractedDocuments = SERVICE.bean(ExtractedDocuments.class);

    Texts texts;

    /** A collection of the bucket's texts as they are. */
    String whole;

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(TestExtractors.ON);
        settings.put("waybill.tasks.workers-enabled", "false");
        settings.put("waybill.batches.turn", TURN.toMillis() + "ms");
        return settings;
    }

    @BeforeEach
    void openABucket() {
        SERVICE.bean(TestExtractors.Gate.class).close();
        texts = Texts.create(SERVICE, "test_text", "test_chunks");
        whole = texts.collection("whole", "", "test_text");
    }

    /** A batch in progress in its first run. */
    BatchEntity started(List<String> objects) {
        String id = texts.draft(objects);
        texts.submit(id);
        BatchEntity batch = store.find(texts.scope(), new BatchId(id)).orElseThrow();
        store.start(batch, Instant.now());
        return reread(batch);
    }

    /** Reconciles the run that the batch is in. */
    TaskOutcome reconcile(BatchEntity batch) {
        return SERVICE.bean(BatchReconciler.class).run(new HandWork(batch, batch.run(), Instant.now()));
    }

    BatchEntity reread(BatchEntity batch) {
        return store.find(batch.scope(), batch.id()).orElseThrow();
    }

    /** Processes these objects, in as many turns as it takes. */
    TaskOutcome complete(BatchEntity batch, List<String> objects, int attempt) {
        TaskOutcome outcome = chunk.run(new HandWork(batch, 0, objects, attempt));
        while (outcome instanceof TaskOutcome.Later) {
            outcome = chunk.run(new HandWork(batch, 0, objects, attempt));
        }
        return outcome;
    }

    BatchResultEntity resultOf(BatchEntity batch, String object) {
        return results.findAll(batch, 0, List.of(object)).get(object);
    }

    static BatchResultEntity result(BatchEntity batch, String object, TaskStatus status, int retries) {
        return result(batch, 0, object, status, retries);
    }

    static BatchResultEntity result(BatchEntity batch, int tier, String object, TaskStatus status, int retries) {
        return new BatchResultEntity(
                BatchResultEntity.key(batch, tier, object),
                batch.scope().namespace().value(),
                batch.bucket().value(),
                batch.id().value(),
                tier,
                object,
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
