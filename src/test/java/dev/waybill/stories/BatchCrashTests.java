package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.local.LocalServices;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceProcess;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.TestExtractors;
import dev.waybill.testing.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker dies, as by kill -9, in the middle of a batch; another one goes on where it stopped. */
class BatchCrashTests {

    private static final int AT_ONCE = 2;
    private static final Map<String, String> NO_WORKERS =
            with(TestExtractors.ON, Map.of("waybill.tasks.workers-enabled", "false"));
    private static final Map<String, String> WORKER = with(
            TestExtractors.ON,
            Map.of("WAYBILL_TASKS_LEASE", "3s", "WAYBILL_TASKS_MAXINFLIGHT", String.valueOf(AT_ONCE)));

    @TempDir
    Path folder;

    private LocalServices services;
    private ServiceUnderTest front;

    @BeforeEach
    void start() {
        services = LocalServices.inMemory(folder);
        front = ServiceUnderTest.start(services, NO_WORKERS);
    }

    @AfterEach
    void stop() {
        front.close();
        services.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batches.started",
                "batches.tier-started",
                "batches.handed-out",
                "batches.object-read",
                "batches.object-recorded",
                "batches.tier-ended",
                "batches.advanced",
                "batches.ended"
            })
    void aBatchThatLostItsWorkerIsFinishedByAnother(String step) {
        Texts texts = Texts.create(front, "test_text", "test_chunks");
        texts.collection("whole", "", "test_text");
        texts.collection("chunks", "whole", "test_chunks");
        String batch = texts.draft(texts.objects("a b", "c d", "e f", "g h", "i j"));
        try (ServiceProcess doomed = ServiceProcess.start(services, with(WORKER, Map.of("WAYBILL_HALT_AT", step)))) {
            String task = texts.submit(batch).at("/task_id");
            assertThat(doomed.exitCode()).isEqualTo(137);

            try (ServiceUnderTest survivor = ServiceUnderTest.start(services, WORKER)) {
                Answer done = texts.over(batch);
                assertThat(done.at("/status")).as(done.text()).isEqualTo("COMPLETED");
                assertThat(texts.documents("whole")).isEqualTo(5);
                assertThat(texts.documents("chunks")).isEqualTo(10);
                await().atMost(Duration.ofSeconds(20))
                        .until(() -> survivor.client()
                                .get("/v1/tasks/" + task)
                                .at("/status")
                                .equals("COMPLETED"));
            }
        }
    }

    @Test
    void whatWasDoneIsNotDoneAgain() throws IOException {
        Path readings = folder.resolve("readings");
        Map<String, String> counting = with(WORKER, Map.of(TestExtractors.READINGS, readings.toString()));
        Texts texts = Texts.create(front, "test_text");
        texts.collection("whole", "", "test_text");
        int objects = 400;
        String batch = texts.draft(texts.objects(
                IntStream.range(0, objects).mapToObj(i -> "text " + i).toArray(String[]::new)));
        try (ServiceProcess doomed = ServiceProcess.start(services, counting)) {
            texts.submit(batch);
            await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(readings)
                            && Files.readAllLines(readings).size() > 30);
            doomed.kill();
        }
        assertThat(texts.documents("whole")).isLessThan(objects);

        try (ServiceUnderTest survivor = ServiceUnderTest.start(services, counting)) {
            assertThat(survivor.base()).isNotNull();
            assertThat(texts.over(batch).at("/status")).isEqualTo("COMPLETED");
        }

        List<String> lines = Files.readAllLines(readings);
        assertThat(texts.documents("whole")).isEqualTo(objects);
        assertThat(lines.stream().distinct().count()).isEqualTo(objects);
        // Only what was being read just then is read a second time.
        assertThat(lines).hasSizeLessThanOrEqualTo(objects + AT_ONCE);
    }

    @Test
    void aSubmissionThatDiedBeforeItsTaskWasKeptIsMadeUpFor() {
        Texts texts = Texts.create(front, "test_text");
        texts.collection("whole", "", "test_text");
        String batch = texts.draft(texts.objects("a"));
        try (ServiceProcess doomed =
                ServiceProcess.start(services, with(WORKER, Map.of("WAYBILL_HALT_AT", "batches.queued")))) {
            try {
                doomed.client()
                        .withNamespace(texts.scope().namespace().value())
                        .post(texts.path("/batches/" + batch + "/submit"));
            } catch (java.io.UncheckedIOException gone) {
                assertThat(doomed.exitCode()).isEqualTo(137);
            }
        }
        assertThat(texts.batch(batch).at("/status")).isEqualTo("QUEUED");

        try (ServiceUnderTest survivor = ServiceUnderTest.start(services, WORKER)) {
            assertThat(survivor.base()).isNotNull();
            assertThat(texts.over(batch).at("/status")).isEqualTo("COMPLETED");
        }
    }

    private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
        Map<String, String> both = new HashMap<>(one);
        both.putAll(other);
        return both;
    }
}
