package dev.waybill.syncs.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedFiles.Draft;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.testing.FullDisk;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;
import org.bson.Document;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Attributes that only opening a file yields: metadata, tags, and the URLs in them. */
@Order(4)
class SyncMetadataTests extends SyncBench {

    @Test
    void attributesFromOpeningAFileAreFilteredWithoutReadingItTwice() {
        sync = sync(new With(source)
                .filters(Map.of(
                        "metadata_filters",
                        List.of(Map.of("field", "metadata.team", "operator", "equals", "value", "blue")))));
        put("blue", Draft.of("bytes of blue").metadata(Map.of("Team", "blue")));
        put("red", Draft.of("bytes of red").metadata(Map.of("Team", "red")));

        SyncRunEntity run = run();

        assertThat(run.listing().filteredBy()).isEqualTo(Map.of("METADATA_FILTER", 1L));
        assertThat(run.listing().matched()).isOne();
        assertThat(row("red").state()).isEqualTo(State.FILTERED);
        int opens = script.calls(Call.OPEN);
        SyncRunEntity second = run();
        assertThat(second.listing().filteredBy()).isEqualTo(Map.of("METADATA_FILTER", 1L));
        assertThat(script.calls(Call.OPEN)).isEqualTo(opens);
        assertHas(Map.of("blue", "bytes of blue"));
    }

    @Test
    void fieldsAreMappedAndAFileThatLacksARequiredOneIsExplained() {
        sync = sync(new With(source)
                .mapping(Map.of(
                        "content",
                        Map.of("target_type", "blob", "source", Map.of("type", "file"), "blob_property", "content"),
                        "team",
                        Map.of(
                                "target_type",
                                "field",
                                "required",
                                true,
                                "source",
                                Map.of("type", "metadata", "key", "team")))));
        put("blue", Draft.of("bytes of blue").metadata(Map.of("team", "blue")));
        put("none", "bytes of none");

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED_WITH_ERRORS);
        assertThat(row("none").reason()).isEqualTo("MAPPING_REQUIRED");
        assertThat(row("none").detail()).contains("team");
        assertThat(object(row("blue").objectId())
                        .get("metadata", Document.class)
                        .getString("team"))
                .isEqualTo("blue");
        assertHas(Map.of("blue", "bytes of blue"));
    }

    @Test
    void whatAFilesMetadataLeadsToIsAFurtherBlobOfItsObject() throws IOException {
        HttpServer pictures = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] first = SampleFiles.png();
        byte[] second = SampleFiles.png();
        serve(pictures, "/first.png", first);
        serve(pictures, "/second.png", second);
        pictures.start();
        String at = "http://127.0.0.1:%d".formatted(pictures.getAddress().getPort());
        sync = sync(withPosters());
        put("a", Draft.of("bytes of a").metadata(Map.of("poster", at + "/first.png")));
        put("b", Draft.of("bytes of b"));
        try {
            assertThat(run().status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(blobs("a"))
                    .containsOnly(
                            Map.entry("content", DigestUtils.sha256Hex("bytes of a")),
                            Map.entry("poster", DigestUtils.sha256Hex(first)));
            assertThat(blobs("b")).containsOnlyKeys("content");

            put("a", Draft.of("other bytes of a").metadata(Map.of("poster", at + "/second.png")));
            assertThat(run().outcomes().updated()).isOne();
        } finally {
            pictures.stop(0);
        }
        assertThat(blobs("a"))
                .containsOnly(
                        Map.entry("content", DigestUtils.sha256Hex("other bytes of a")),
                        Map.entry("poster", DigestUtils.sha256Hex(second)));
        assertNothingLeft();
    }

    @Test
    void aUrlThatCannotBeFetchedFailsItsFileAndNotTheRun() throws IOException {
        HttpServer pictures = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        serve(pictures, "/words", "no picture".getBytes(StandardCharsets.UTF_8));
        pictures.start();
        String at = "http://127.0.0.1:%d".formatted(pictures.getAddress().getPort());
        sync = sync(withPosters());
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("inner", "http://10.1.2.3/a.png");
        urls.put("no-url", "a.png");
        urls.put("words", at + "/words");
        for (int i = 0; i < 6; i++) {
            urls.put("missing" + i, at + "/missing");
        }
        urls.forEach((key, url) -> put(key, Draft.of("bytes of " + key).metadata(Map.of("poster", url))));
        put("z", Draft.of("bytes of z"));

        SyncRunEntity run = run();

        pictures.stop(0);
        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED_WITH_ERRORS);
        assertThat(run.outcomes().quarantined()).isEqualTo(9);
        for (String key : List.of("inner", "no-url", "words")) {
            assertThat(row(key).reason()).as(key).isEqualTo("UNSUPPORTED");
            assertThat(row(key).detail()).contains("poster");
        }
        assertThat(row("missing0").reason()).isEqualTo("NETWORK");
        assertThat(row("missing0").detail()).contains("poster", "404");
        assertThat(row("missing0").attempts()).isEqualTo(3);
        assertHas(Map.of("z", "bytes of z"));
    }

    /** Neither the URL nor the file that names it is at fault. */
    @Test
    void whileTheDiskIsFullTheRunWaits() throws IOException {
        HttpServer pictures = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        byte[] picture = SampleFiles.png();
        serve(pictures, "/first.png", picture);
        pictures.start();
        String beginning = new String(picture, 0, 4, StandardCharsets.ISO_8859_1);
        sync = sync(withPosters());
        String at =
                "http://127.0.0.1:%d/first.png".formatted(pictures.getAddress().getPort());
        put("a", Draft.of("bytes of a").metadata(Map.of("poster", at)));
        String id = start(sync, RunMode.INCREMENTAL);
        FullDisk disk = FullDisk.of(SERVICE);
        try {
            disk.refuse(beginning);
            assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Later.class);
            assertThat(runs.find(sync, id).orElseThrow().endedAt()).isNull();

            disk.take(beginning);
            assertThat(work(hand(sync, id))).isInstanceOf(TaskOutcome.Completed.class);
        } finally {
            disk.take(beginning);
            pictures.stop(0);
        }
        assertThat(blobs("a")).containsOnlyKeys("content", "poster");
        assertNothingLeft();
    }

    private With withPosters() {
        workspace = Workspace.create(
                SERVICE.client(), Map.of("content", Map.of("type", "binary"), "poster", Map.of("type", "image")));
        return new With(source)
                .mapping(Map.of(
                        "poster",
                        Map.of("target_type", "blob", "source", Map.of("type", "metadata", "key", "poster"))));
    }

    private static void serve(HttpServer server, String path, byte[] bytes) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    /** SHA-256s of a file's object, by property. */
    private Map<String, String> blobs(String key) {
        Map<String, String> blobs = new LinkedHashMap<>();
        object(String.valueOf(row(key).objectId()))
                .getList("blobs", Document.class)
                .forEach(blob -> blobs.put(blob.getString("property"), blob.getString("sha256")));
        return blobs;
    }

    @Test
    void aChangedMappingIsTriedOnQuarantinedFiles() {
        Map<String, Object> content =
                Map.of("target_type", "blob", "source", Map.of("type", "file"), "blob_property", "content");
        Map<String, Object> team = Map.of("type", "metadata", "key", "team");
        sync = sync(new With(source)
                .mapping(Map.of(
                        "content", content, "team", Map.of("target_type", "field", "required", true, "source", team))));
        put("none", "bytes of none");
        assertThat(run().outcomes().quarantined()).isOne();
        assertThat(run().listing().waiting()).isOne();
        int opens = script.calls(Call.OPEN);
        With mended = new With(source)
                .mapping(Map.of("content", content, "team", Map.of("target_type", "field", "source", team)));
        syncs.change(reread(), mended.settings(), true, false, java.time.Instant.now())
                .orElseThrow();

        SyncRunEntity run = run();

        assertThat(run.outcomes().created()).isOne();
        assertThat(script.calls(Call.OPEN) - opens).isOne();
        assertHas(Map.of("none", "bytes of none"));
    }

    @Test
    void deniedTagsAreSoonNotRequestedAnyMore() {
        sync = sync(withTags());
        putMany("f", 50);
        script.on(Call.TAGS).fails(Diagnosis.ACCESS_DENIED_READ);
        int before = script.calls(Call.TAGS);

        SyncRunEntity run = run();

        assertThat(run.status()).isEqualTo(TaskStatus.COMPLETED);
        assertThat(run.warnings()).singleElement().asString().contains("s3:GetObjectTagging");
        assertThat(script.calls(Call.TAGS) - before).isEqualTo(5);
        assertHas(50);
    }

    @Test
    void tagsThatMayBeReadOfSomeFilesAreRequestedOfAll() {
        sync = sync(withTags());
        for (int i = 0; i < 20; i++) {
            put("f" + i, Draft.of("bytes of " + i).tags(Map.of("team", "blue")));
        }
        script.on(Call.TAGS).from(2).times(10).fails(Diagnosis.ACCESS_DENIED_READ);

        SyncRunEntity run = run();

        assertThat(run.warnings()).hasSize(1);
        assertThat(objects().stream()
                        .filter(object -> "blue"
                                .equals(object.get("metadata", Document.class).get("team"))))
                .hasSize(10);
        assertHas(20);
    }

    private With withTags() {
        return new With(source)
                .sideBySide(1)
                .mapping(Map.of(
                        "content",
                        Map.of("target_type", "blob", "source", Map.of("type", "file"), "blob_property", "content"),
                        "team",
                        Map.of("target_type", "field", "source", Map.of("type", "tag", "key", "team"))));
    }
}
