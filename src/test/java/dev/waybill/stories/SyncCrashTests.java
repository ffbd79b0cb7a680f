package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.Soak;
import dev.waybill.testing.SourceBucket;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker crashes in the middle of a sync's run; another one resumes it. */
@Order(3)
class SyncCrashTests extends CrashStory {

    private static final int FILES = 10;

    SyncCrashTests() {
        super(Map.of(
                "waybill.fetch.allow",
                "127.0.0.1",
                "waybill.syncs.watch-after",
                "500ms",
                "waybill.syncs.page-size",
                "4",
                "waybill.syncs.pages-at-once",
                "2"));
    }

    static List<String> steps() {
        return List.of(
                "sync.begun",
                "sync.run-stored",
                "sync.taken-up",
                "sync.page-listed",
                "sync.bytes-stored",
                "quota.reserved",
                "quota.written",
                "sync.objects-written",
                "sync.rows-written",
                "sync.checkpoint-moved",
                "sync.batch-submitted",
                "sync.run-ended",
                "sync.released",
                "sync.told");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aRunThatLostItsWorkerIsFinishedByAnother(String step) {
        afterAnother(step, (doomed, workspace, sync) -> {}, Duration.ofMillis(500));
    }

    static List<String> someSteps() {
        return Soak.share(steps(), 3);
    }

    /** It stalls for longer than its lease, and does not learn that another one finished the run. */
    @ParameterizedTest
    @MethodSource("someSteps")
    void aWorkerThatWakesUpAfterwardsChangesNothing(String step) {
        afterAnother(
                step,
                (doomed, workspace, sync) -> {
                    doomed.wakeUp();
                    assertDone(workspace, sync);
                },
                Duration.ofSeconds(2));
    }

    @FunctionalInterface
    private interface Afterwards {
        void happens(CrashableService doomed, Workspace workspace, String sync);
    }

    /**
     * @param afterwards what happens to the worker that stopped at that step, when another has finished its run
     * @param patience how long the one that wakes up has to write what must not stay
     */
    private void afterAnother(String step, Afterwards afterwards, Duration patience) {
        try (SourceBucket source = SourceBucket.create()) {
            for (int i = 0; i < FILES; i++) {
                source.put("folder/%02d.txt".formatted(i), text(i));
            }
            // Its bytes are counted. A file that is copied again must fit the quota before it is known to be a
            // duplicate.
            String key = Quota.key(2 * bytes(), survivor().client());
            Workspace workspace =
                    Workspace.create(survivor().client().withKey(key), Map.of("product_text", Map.of("type", "text")));
            String sync = created(workspace, source, !step.equals("sync.batch-submitted"));
            try (CrashableService doomed = dyingAt(step)) {
                WaybillClient dying =
                        workspace.through(doomed.client().withKey(key)).client();
                assertDiesOf(doomed, () -> dying.post(workspace.path("/syncs/" + sync + "/trigger")));

                anotherGoesOn();

                assertDone(workspace, sync);
                afterwards.happens(doomed, workspace, sync);
                assertThat(workspace
                                .client()
                                .get("/v1/organizations/usage")
                                .json()
                                .at("/used_bytes")
                                .asLong())
                        .isEqualTo(bytes());
            }
            // Orphaned files of the crashed one stay until the walk over keys.
            await().pollInterval(Duration.ofMillis(400))
                    .atMost(Duration.ofSeconds(60))
                    .during(patience)
                    .untilAsserted(() -> {
                        removeOrphans();
                        assertThat(files(workspace)).hasSize(FILES);
                    });
        }
    }

    private void assertDone(Workspace workspace, String sync) {
        String path = workspace.path("/syncs/" + sync);
        WaybillClient client = workspace.client();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !client.get(path).at("/last_sync_at").isEmpty()
                        && !client.get(path).json().path("locked").asBoolean(true));
        Answer done = client.get(path);
        assertThat(done.json().path("sync_run_counter").asInt()).as(done.text()).isOne();
        assertThat(done.json().path("total_files_discovered").asInt())
                .as(done.text())
                .isEqualTo(FILES);
        assertThat(done.json().path("total_files_synced").asInt())
                .as(done.text())
                .isEqualTo(FILES);
        assertThat(done.json().path("total_files_failed").asInt()).isZero();
        Answer run = client.get(path + "/runs/" + done.at("/current_sync_run_id"));
        assertThat(run.at("/status")).as(run.text()).isEqualTo("COMPLETED");
        assertThat(run.json().at("/listing/listed").asInt()).as(run.text()).isEqualTo(FILES);
        assertThat(run.json().at("/counts/created").asInt()).as(run.text()).isEqualTo(FILES);
        assertThat(run.json().at("/counts/matched").asInt()).as(run.text()).isEqualTo(FILES);
        Answer ledger = client.post(path + "/ledger/list?limit=100", Map.of("state", "SYNCED"));
        assertThat(ledger.json().path("results").size()).as(ledger.text()).isEqualTo(FILES);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.get("/v1/tasks/" + done.at("/current_sync_run_id"))
                        .at("/status")
                        .equals("COMPLETED"));
        assertNothingLostOrLeft(workspace, FILES);
    }

    private static String created(Workspace workspace, SourceBucket source, boolean skipsBatches) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("provider", "s3");
        request.put("connection", source.connection());
        request.put(
                "sync_config",
                Map.of(
                        "source_path",
                        "/folder/",
                        "sync_mode",
                        "incremental",
                        "polling_interval",
                        86_400,
                        "skip_batch_submission",
                        skipsBatches));
        Answer made = workspace.client().post(workspace.path("/syncs"), request);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made.at("/sync_config_id");
    }

    private static long bytes() {
        return IntStream.range(0, FILES).mapToLong(i -> text(i).length).sum();
    }

    private static byte[] text(int number) {
        return "the text of number %d".formatted(number).getBytes(StandardCharsets.UTF_8);
    }
}
