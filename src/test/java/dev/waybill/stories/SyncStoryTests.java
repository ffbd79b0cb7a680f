package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.local.LocalS3;
import dev.waybill.platform.formats.MadeFiles;
import dev.waybill.platform.formats.MadeMedia;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.PastedShell;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.SourceBucket;
import dev.waybill.testing.Workspace;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files come from another bucket, over S3, as the quickstart says. */
class SyncStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared(Map.of("waybill.fetch.allow", "127.0.0.1"));

    private final SourceBucket source = SourceBucket.create();
    private SyncedBucket bucket;

    @AfterAll
    static void keepSecrets() {
        Confidential.assertKeptBy(SERVICE);
    }

    @BeforeEach
    void create() {
        bucket = SyncedBucket.create(SERVICE.client());
    }

    @AfterEach
    void close() {
        source.close();
    }

    @Test
    void theQuickstartsTwoCallsBringTheFilesAsTheyAre() {
        byte[] photo = SampleFiles.jpeg(7);
        source.put("videos/a.txt", bytes("the first text"));
        source.put("videos/2026/photo.jpg", photo);
        source.put("videos-old/b.txt", bytes("of another folder"));

        Answer made = bucket.create(quickstart(Map.of()));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        String sync = made.at("/sync_id");
        assertThat(sync).isEqualTo(made.at("/sync_config_id"));
        assertThat(made.at("/provider")).isEqualTo("s3");
        assertThat(made.at("/source_path")).isEqualTo(source.name() + "/videos/");
        assertThat(made.at("/sync_mode")).isEqualTo("continuous");
        assertThat(made.at("/status")).isEqualTo("PENDING");
        assertThat(made.json().has("polling_interval_seconds")).isFalse();
        assertThat(made.json().at("/sync_config/polling_interval").asInt()).isEqualTo(3600);
        assertThat(made.text()).doesNotContain(LocalS3.SECRET_ACCESS_KEY);

        JsonNode first = bucket.run(sync);

        assertThat(first.path("status").asString()).as(first.toString()).isEqualTo("COMPLETED");
        assertThat(first.at("/counts/created").asInt()).as(first.toString()).isEqualTo(2);
        assertThat(first.path("source").asString()).startsWith(source.name() + "/videos");
        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(ledger).containsOnlyKeys("videos/a.txt", "videos/2026/photo.jpg");
        assertThat(bucket.bytes(object(ledger, "videos/2026/photo.jpg"))).isEqualTo(photo);
        assertThat(bucket.bytes(object(ledger, "videos/a.txt"))).isEqualTo(bytes("the first text"));
        assertThat(bucket.objects()).isEqualTo(2);
        assertThat(SERVICE.client()
                        .get("/v1/tasks/" + first.path("task_id").asString())
                        .at("/task_type"))
                .isEqualTo("api_buckets_objects_create");

        JsonNode second = bucket.run(sync);

        assertThat(second.at("/counts/created").asInt()).isZero();
        assertThat(second.at("/counts/updated").asInt()).isZero();
        assertThat(second.at("/counts/unchanged").asInt()).isEqualTo(2);
        assertThat(second.path("bytes_read").asLong()).isZero();

        source.put("videos/a.txt", bytes("another text, a longer one"));
        JsonNode third = bucket.run(sync);

        assertThat(third.at("/counts/updated").asInt()).as(third.toString()).isEqualTo(1);
        assertThat(object(bucket.ledger(sync), "videos/a.txt")).isEqualTo(object(ledger, "videos/a.txt"));
        assertThat(bucket.bytes(object(ledger, "videos/a.txt"))).isEqualTo(bytes("another text, a longer one"));
        assertThat(bucket.objects()).isEqualTo(2);
        JsonNode totals = bucket.get(sync).json();
        assertThat(totals.path("total_files_discovered").asInt()).isEqualTo(6);
        assertThat(totals.path("total_files_synced").asInt()).isEqualTo(3);
        assertThat(totals.path("total_files_failed").asInt()).isZero();
        assertThat(totals.path("sync_run_counter").asInt()).isEqualTo(3);
        assertThat(totals.path("last_sync_at").asString()).isNotEmpty();
    }

    /** Word for word but for where the service is, where the storage is, and their keys. */
    @Test
    void theDocumentsQuickstartWorksWhenPasted(@TempDir Path folder) throws Exception {
        Map<String, String> exports = Map.of(
                "WAYBILL", SERVICE.base().toString(),
                "KEY", ServiceUnderTest.API_KEY,
                "STORAGE", source.endpoint());

        List<String> printed = PastedShell.run(folder, PastedShell.steps(Path.of("docs/syncs.md")), exports);

        assertThat(String.join("", printed))
                .contains("\"status\":\"COMPLETED\"")
                .contains("\"verdict\":\"SYNCED\"");
    }

    @Test
    void thereIsASentenceForEachKindOfKey() {
        source.put("videos/a.txt", bytes("a text"));
        source.put("videos/drafts/b.txt", bytes("a draft"));
        source.put("videos/c.bin", new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
        source.put("videos/folder/", new byte[0]);
        String sync =
                bucket.created(quickstart(Map.of("file_filters", Map.of("exclude_patterns", List.of("*drafts/*")))));

        Answer before = bucket.explain(sync, "videos/a.txt");
        assertThat(before.at("/verdict")).as(before.text()).isEqualTo("NEW");
        bucket.run(sync);

        Answer synced = bucket.explain(sync, "videos/a.txt");
        assertThat(synced.at("/verdict")).as(synced.text()).isEqualTo("SYNCED");
        assertThat(synced.at("/sentence")).contains(synced.at("/object_id"));
        Answer filtered = bucket.explain(sync, "videos/drafts/b.txt");
        assertThat(filtered.at("/verdict")).as(filtered.text()).isEqualTo("FILTERED");
        assertThat(filtered.at("/reason")).isEqualTo("EXCLUDED");
        assertThat(filtered.at("/sentence")).contains("drafts/*");
        Answer failed = bucket.explain(sync, "videos/c.bin");
        assertThat(failed.at("/reason")).as(failed.text()).isEqualTo("UNSUPPORTED");
        assertThat(failed.at("/sentence")).contains("c.bin");
        Answer marker = bucket.explain(sync, "videos/folder/");
        assertThat(marker.at("/reason")).as(marker.text()).isEqualTo("FOLDER_MARKER");
        Answer unknown = bucket.explain(sync, "videos/A.txt");
        assertThat(unknown.at("/verdict")).as(unknown.text()).isEqualTo("NOT_IN_SOURCE");
        Answer outside = bucket.explain(sync, "videos-old/a.txt");
        assertThat(outside.at("/verdict")).as(outside.text()).isEqualTo("NOT_IN_PATH");
        for (Answer answer : List.of(before, synced, filtered, failed, marker, unknown, outside)) {
            assertThat(answer.at("/sentence")).isNotBlank();
            assertThat(answer.at("/next")).isNotBlank();
            assertThat(answer.json().path("steps").size()).isPositive();
        }
    }

    @Test
    void aFileHasTheTypeAndPropertyThatItsUploadWouldHave() {
        bucket = SyncedBucket.create(
                SERVICE.client(), Map.of("sound", Map.of("type", "audio"), "words", Map.of("type", "text")));
        byte[] packed = MadeFiles.gzip(bytes("a,b\n1,2\n"));
        source.put("videos/voice.mp4", MadeMedia.mp4IndexedLast("soun"));
        source.put("videos/export.csv", packed, "text/csv", "gzip");
        source.put("videos/photos.zip", MadeFiles.zip("a.jpg", "b.jpg"));
        String sync = bucket.created(quickstart(Map.of()));

        JsonNode run = bucket.run(sync);

        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(run.at("/counts/created").asInt()).as(ledger.toString()).isEqualTo(2);
        Answer voice = bucket.object(object(ledger, "videos/voice.mp4"));
        assertThat(voice.at("/blobs/0/property")).as(voice.text()).isEqualTo("sound");
        assertThat(voice.text()).contains("audio/mp4");
        Answer table = bucket.object(object(ledger, "videos/export.csv"));
        assertThat(table.at("/blobs/0/property")).as(table.text()).isEqualTo("words");
        HttpResponse<byte[]> download = Workspace.get(table.at("/blobs/0/presigned_url"));
        assertThat(download.body()).isEqualTo(packed);
        assertThat(download.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(download.headers().firstValue("Content-Type")).contains("text/csv");
        assertThat(ledger.get("videos/photos.zip").path("state").asString()).isEqualTo("QUARANTINED");
        assertThat(bucket.explain(sync, "videos/photos.zip").at("/sentence")).contains("ZIP");
    }

    @Test
    void aWrongSecretLeavesNothingBehind() {
        Map<String, Object> request = quickstart(Map.of());
        request.put("connection", source.connection("not-the-secret-of-this-key"));
        int before = connections();

        Answer refused = bucket.create(request);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.at("/error/details/diagnosis")).as(refused.text()).isEqualTo("INVALID_CREDENTIALS");
        assertThat(refused.text()).doesNotContain("not-the-secret-of-this-key");
        assertThat(connections()).isEqualTo(before);
        assertThat(bucket.client()
                        .post(bucket.path("/list"))
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
    }

    private static int connections() {
        return SERVICE.client()
                .post("/v1/organizations/connections/list")
                .json()
                .path("total")
                .asInt();
    }

    /** The quickstart's body; its storage is another one, so that it says where. */
    private Map<String, Object> quickstart(Map<String, ?> more) {
        Map<String, Object> config = new LinkedHashMap<>(
                Map.of("source_path", "/videos/", "sync_mode", "incremental", "polling_interval", 3600));
        config.putAll(more);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("provider", "s3");
        request.put("connection", source.connection());
        request.put("sync_config", config);
        return request;
    }

    private static String object(Map<String, JsonNode> ledger, String key) {
        return ledger.get(key).path("object_id").asString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
