package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Soak;
import dev.waybill.testing.TemporaryFolders;
import dev.waybill.testing.TestExtractors;
import dev.waybill.testing.Texts;
import dev.waybill.testing.WaybillClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker crashes in the middle of a batch; another one resumes it. */
@Order(3)
class BatchCrashTests extends CrashStory {

    private static final int AT_ONCE = 2;
    private static final Path READINGS =
            TemporaryFolders.create("waybill-readings").resolve("readings");

    BatchCrashTests() {
        super(Map.of(
                "WAYBILL_TEST_EXTRACTORS",
                "true",
                TestExtractors.READINGS,
                READINGS.toString(),
                "waybill.tasks.max-in-flight",
                String.valueOf(AT_ONCE),
                "waybill.batches.watch-after",
                "500ms"));
    }

    @AfterAll
    static void removeTheReadings() {
        TemporaryFolders.delete(READINGS.getParent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batches.reopened",
                "batches.started",
                "batches.tier-started",
                "batches.handed-out",
                "batches.object-read",
                "batches.object-recorded",
                "batches.tier-ended",
                "batches.advanced",
                "batches.told",
                "batches.ended"
            })
    void aBatchThatLostItsWorkerIsFinishedByAnother(String step) {
        Texts texts = Texts.create(survivor(), "test_text", "test_chunks");
        texts.collection("whole", "", "test_text");
        texts.collection("chunks", "whole", "test_chunks");
        String batch = texts.draft(texts.objects("a b", "c d", "e f", "g h", "i j"));
        try (CrashableService doomed = dyingAt(step)) {
            String task = texts.submit(batch).at("/task_id");
            doomed.awaitDeath();

            anotherGoesOn();
            Answer done = texts.over(batch);
            assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
            assertThat(texts.documents("whole")).isEqualTo(5);
            assertThat(texts.documents("chunks")).isEqualTo(10);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> survivor()
                            .client()
                            .get("/v1/tasks/" + task)
                            .at("/status")
                            .equals("COMPLETED"));
        }
    }

    @Test
    void whatWasDoneIsNotDoneAgain() {
        Texts texts = Texts.create(survivor(), "test_text");
        texts.collection("whole", "", "test_text");
        int objects = Soak.count(150, 400);
        String batch = texts.draft(texts.objects(
                IntStream.range(0, objects).mapToObj(i -> "once " + i).toArray(String[]::new)));
        try (CrashableService doomed = dyingAt("never")) {
            texts.submit(batch);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> readings("once").size() > 30);
            doomed.crash();
            assertThat(texts.documents("whole")).isLessThan(objects);

            anotherGoesOn();
            assertThat(texts.over(batch).at("/status")).isEqualTo("COMPLETED");

            List<String> lines = readings("once");
            assertThat(texts.documents("whole")).isEqualTo(objects);
            assertThat(lines.stream().distinct().count()).isEqualTo(objects);
            // Only what was being read just then is read a second time.
            assertThat(lines).hasSizeLessThanOrEqualTo(objects + AT_ONCE);
        }
    }

    @Test
    void aSubmissionThatDiedBeforeItsTaskWasStoredIsRecovered() {
        Texts texts = Texts.create(survivor(), "test_text");
        texts.collection("whole", "", "test_text");
        String batch = texts.draft(texts.objects("a"));
        try (CrashableService doomed = dyingAt("batches.queued")) {
            assertDies(
                    doomed,
                    () -> doomed.client()
                            .withNamespace(texts.scope().namespace().value())
                            .post(texts.path("/batches/" + batch + "/submit")));
            assertThat(texts.batch(batch).at("/status")).isEqualTo("QUEUED");

            anotherGoesOn();
            assertThat(texts.over(batch).at("/status")).isEqualTo("COMPLETED");
        }
    }

    @Test
    void aCancellationThatDiedIsRepeated() {
        Texts texts = Texts.create(survivor(), "test_text");
        texts.collection("whole", "", "test_text");
        String batch = texts.draft(
                texts.objects(IntStream.range(0, 100).mapToObj(i -> "text " + i).toArray(String[]::new)));
        String path = texts.path("/batches/" + batch);
        try (CrashableService doomed = dyingAt("batches.canceled")) {
            texts.submit(batch);
            assertDies(doomed, () -> inside(doomed, texts).post(path + "/cancel"));

            anotherGoesOn();
            assertThat(texts.client().post(path + "/cancel").status()).isEqualTo(200);
            Answer canceled = texts.over(batch);
            assertThat(canceled.at("/status")).as(canceled.text()).isEqualTo("CANCELED");
        }
    }

    @Test
    void aDeletionThatDiedStands() {
        Texts texts = Texts.create(survivor(), "test_text");
        String batch = texts.draft(texts.objects("a"));
        String path = texts.path("/batches/" + batch);
        try (CrashableService doomed = dyingAt("batch-delete.marked")) {
            assertDies(doomed, () -> inside(doomed, texts).delete(path));

            assertThat(texts.batch(batch).status()).isEqualTo(404);
            assertThat(texts.client()
                            .post(texts.path("/batches/list"))
                            .json()
                            .at("/results")
                            .size())
                    .isZero();
            anotherGoesOn();
            assertNothingNames(batch);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"batch-delete.submitted", "batch-delete.purged", "batch-delete.ended", "batch-delete.removed"})
    void aDeletionThatDiedIsFinishedByAnother(String step) {
        Texts texts = Texts.create(survivor(), "test_text");
        survivor().takeTasks();
        String batch = texts.process(texts.objects("a")).at("/batch_id");
        survivor().takeNoTasks();
        String path = texts.path("/batches/" + batch);
        try (CrashableService doomed = dyingAt(step)) {
            assertDiesOf(doomed, () -> {
                inside(doomed, texts).delete(path);
                aMinutePasses();
            });

            anotherGoesOn();
            await().untilAsserted(() -> assertThat(texts.batch(batch).status()).isEqualTo(404));
            assertNothingNames(batch);
        }
    }

    /** Documents stay, and say which batch made them. */
    private void assertNothingNames(String batch) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            aMinutePasses();
            assertThat(DeletionStoryTests.naming(survivor(), batch))
                    .noneMatch(document -> !document.containsKey("document_id"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"collection-delete.submitted", "document-purge.documents-removed", "collection-delete.purged"})
    void aCollectionWhoseDeletionDiedIsDeletedByAnother(String step) {
        Texts texts = Texts.create(survivor(), "test_text");
        String collection = texts.collection("whole", "", "test_text");
        List<String> objects = texts.objects("a");
        survivor().takeTasks();
        assertThat(texts.process(objects).at("/status")).isEqualTo("COMPLETED");
        assertThat(texts.documents("whole")).isOne();
        survivor().takeNoTasks();
        try (CrashableService doomed = dyingAt(step)) {
            assertDiesOf(doomed, () -> inside(doomed, texts).delete("/v1/collections/" + collection));

            anotherGoesOn();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    texts.documentsOf(objects.getFirst()).json().at("/results"))
                            .isEmpty());
            assertThat(texts.client().get("/v1/collections/" + collection).status())
                    .isEqualTo(404);
        }
    }

    private static WaybillClient inside(CrashableService doomed, Texts texts) {
        return doomed.client().withNamespace(texts.scope().namespace().value());
    }

    private static List<String> readings(String word) {
        try {
            return Files.exists(READINGS)
                    ? Files.readAllLines(READINGS).stream()
                            .filter(line -> line.contains(word))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
