package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.StoreLinks;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Outages of storage, Redis and the database, while requests and tasks run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class OutageStoryTests {

    private final Stores stores = Stores.create();
    private final StoreLinks links = stores.links();
    private ServiceUnderTest service;
    private Workspace workspace;

    @BeforeAll
    void start() {
        service = ServiceUnderTest.start(links, Map.of());
    }

    @BeforeEach
    void openAWorkspace() {
        workspace = Workspace.create(service.client());
    }

    @AfterAll
    void stop() {
        service.close();
        links.close();
    }

    @Test
    void whileStorageIsAwayAConfirmCanBeRetriedAndNothingIsLost() {
        String id = workspace.putJpeg();
        links.s3().cut();

        Answer refused = workspace.confirm(id);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.at("/error/type")).isEqualTo("StorageError");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(workspace.upload(id).at("/status")).isEqualTo("PENDING");

        links.s3().resume();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(workspace.confirm(id).at("/status")).isEqualTo("COMPLETED"));
        assertThat(workspace.objects()).isOne();
    }

    @Test
    void aBatchConfirmWaitsForStorage() {
        List<String> uploads = workspace.putJpegs(5);
        links.s3().cut();
        String task = workspace.confirmAll(uploads).at("/task_id");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> workspace.client().get("/v1/tasks/" + task).text().contains("progress"));
        links.s3().resume();

        assertThat(workspace.settled(task).at("/status")).isEqualTo("COMPLETED");
        assertThat(workspace.objects()).isEqualTo(5);
    }

    @Test
    void noRequestFailsBecauseOfRedis() throws Exception {
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<String> tasks = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < 4; worker++) {
                threads.execute(() -> {
                    while (!enough.get()) {
                        tasks.add(confirmInBackground(failures));
                    }
                });
            }
            awaitMore(tasks, 10);
            links.redis().cut();
            awaitMore(tasks, 20);
            String during = confirmInBackground(failures);
            Answer fromMongo = workspace.settled(during);
            assertThat(fromMongo.at("/status")).isEqualTo("COMPLETED");
            assertThat(fromMongo.json().at("/additional_data/from_mongodb").asBoolean())
                    .isTrue();
            stores.emptyRedis();
            links.redis().resume();
            awaitMore(tasks, 10);
            enough.set(true);
        }

        assertThat(failures).isEmpty();
        for (String task : tasks) {
            assertThat(workspace.settled(task).at("/status")).isEqualTo("COMPLETED");
        }
        assertThat(workspace.objects()).isEqualTo(tasks.size() + 1);
    }

    @Test
    void whileTheDatabaseIsAwayTheAnswerIs503() {
        String id = workspace.putJpeg();
        links.mongo().cut();

        Answer refused = workspace.confirm(id);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.at("/error/type")).isEqualTo("ServiceUnavailableError");
        assertThat(refused.header("Retry-After")).isNotEmpty();

        links.mongo().resume();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(workspace.confirm(id).at("/status")).isEqualTo("COMPLETED"));
    }

    private String confirmInBackground(ConcurrentLinkedQueue<String> failures) {
        Answer upload = workspace.ask(Map.of("filename", "photo.jpg", "content_type", "image/jpeg"));
        check(upload, failures);
        Workspace.put(upload.json(), SampleFiles.jpeg());
        Answer accepted =
                workspace.client().post(workspace.path("/uploads/" + upload.at("/upload_id") + "/confirm?async=true"));
        check(accepted, failures);
        String task = accepted.at("/task_id");
        check(workspace.client().get("/v1/tasks/" + task), failures);
        return task;
    }

    private static void check(Answer answer, ConcurrentLinkedQueue<String> failures) {
        if (answer.status() != 200) {
            failures.add(answer.status() + " " + answer.text());
        }
    }

    private static void awaitMore(ConcurrentLinkedQueue<String> tasks, int more) {
        int wanted = tasks.size() + more;
        await().atMost(Duration.ofSeconds(60)).until(() -> tasks.size() >= wanted);
    }
}
