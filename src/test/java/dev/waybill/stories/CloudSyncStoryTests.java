package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.azure.FakeAzure;
import dev.waybill.connectors.gcs.FakeGcs;
import dev.waybill.connectors.rest.FakeServer;
import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.connectors.rest.FakeServer.Seen;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Files come from Google Cloud Storage and from Azure, over all of the service. */
@Order(8)
class CloudSyncStoryTests {

    /** A thousand with {@code -Psoak}. */
    private static final int MANY = Soak.count(200, 1_000);

    private static final FakeGcs GCS = new FakeGcs();
    private static final FakeAzure AZURE = new FakeAzure();
    private static ServiceUnderTest service;

    /** Where they come from. */
    enum Cloud {
        GOOGLE {
            @Override
            void put(String key, byte[] bytes, String encoding) {
                GCS.put(key, bytes, Map.of("contentEncoding", encoding));
            }

            @Override
            Map<String, Object> quickstart(String folder) {
                return request(
                        "google_cloud_storage",
                        Map.of("bucket_name", FakeGcs.BUCKET, "service_account_json", FakeGcs.keyFile()),
                        folder);
            }

            @Override
            void breakAfter(int files) {
                refuseAfter(
                        GCS.server(),
                        asked -> "media".equals(asked.query().get("alt")),
                        files,
                        FakeGcs.error(401, "authError", "Invalid Credentials"));
            }

            @Override
            void mend() {
                GCS.server().mend();
            }
        },
        AZURE_BLOB {
            @Override
            void put(String key, byte[] bytes, String encoding) {
                AZURE.put(
                        key,
                        bytes,
                        Map.of(),
                        Map.of(),
                        encoding.isEmpty() ? Map.of() : Map.of("Content-Encoding", encoding),
                        "");
            }

            @Override
            Map<String, Object> quickstart(String folder) {
                return request(
                        "azure",
                        Map.of(
                                "account_name",
                                FakeAzure.ACCOUNT,
                                "endpoint_url",
                                AZURE.endpoint(),
                                "container_name",
                                FakeAzure.CONTAINER,
                                "access_key",
                                FakeAzure.KEY),
                        folder);
            }

            @Override
            void breakAfter(int files) {
                refuseAfter(
                        AZURE.server(),
                        asked -> !asked.segment(2).isEmpty(),
                        files,
                        FakeAzure.error(403, "AuthenticationFailed", "not the same"));
            }

            @Override
            void mend() {
                AZURE.server().mend();
            }
        };

        /** @param encoding empty for none */
        abstract void put(String key, byte[] bytes, String encoding);

        abstract Map<String, Object> quickstart(String folder);

        /** When so many files were read, the key is good no more. */
        abstract void breakAfter(int files);

        abstract void mend();

        private static void refuseAfter(FakeServer server, Predicate<Seen> isRead, int files, Answer refusal) {
            AtomicInteger read = new AtomicInteger();
            server.first(asked -> {
                boolean isOver = isRead.test(asked) ? read.incrementAndGet() > files : read.get() > files;
                return isOver && !asked.path().equals("/token") ? refusal : null;
            });
        }

        private static Map<String, Object> request(String provider, Map<String, Object> connection, String folder) {
            Map<String, Object> request = new LinkedHashMap<>();
            request.put("provider", provider);
            request.put("connection", connection);
            request.put("sync_config", Map.of("source_path", folder, "skip_batch_submission", true));
            return request;
        }
    }

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.start(
                Stores.create(),
                Map.of(
                        "waybill.fetch.allow",
                        "127.0.0.1",
                        "waybill.connectors.gcs.endpoint",
                        GCS.server().endpoint(),
                        "waybill.connectors.gcs.token-endpoint",
                        GCS.server().endpoint() + "/token"));
    }

    @AfterAll
    static void stop() {
        service.close();
        GCS.close();
        AZURE.close();
    }

    @ParameterizedTest
    @EnumSource
    void filesComeAsTheyAreStored(Cloud cloud) throws IOException {
        byte[] packed = packed("a text that was packed ".repeat(100));
        cloud.put("first/a.txt", "the first text".getBytes(UTF_8), "");
        cloud.put("first/b.txt", packed, "gzip");
        cloud.put("first/folder/", new byte[0], "");
        cloud.put("first-old/c.txt", "of another folder".getBytes(UTF_8), "");
        SyncedBucket bucket = SyncedBucket.create(service.client(), Map.of("content", Map.of("type", "binary")));
        var made = bucket.create(cloud.quickstart("first"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/provider")).isEqualTo(cloud == Cloud.GOOGLE ? "gcs" : "azure_blob");
        String sync = made.at("/sync_id");

        JsonNode run = bucket.run(sync);

        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(ledger).as(run.toString()).containsOnlyKeys("first/a.txt", "first/b.txt", "first/folder/");
        assertThat(ledger.get("first/a.txt").at("/state").asString()).isEqualTo("SYNCED");
        assertThat(ledger.get("first/a.txt").at("/integrity/method").asString())
                .isEqualTo(cloud == Cloud.GOOGLE ? "md5" : "length");
        assertThat(ledger.get("first/folder/").at("/reason").asString()).isEqualTo("FOLDER_MARKER");
        assertThat(bucket.bytes(ledger.get("first/a.txt").at("/object_id").asString()))
                .isEqualTo("the first text".getBytes(UTF_8));
        String inGzip = ledger.get("first/b.txt").at("/object_id").asString();
        assertThat(bucket.bytes(inGzip)).isEqualTo(packed);
        assertThat(bucket.object(inGzip).at("/metadata/source/content_encoding"))
                .isEqualTo("gzip");

        JsonNode second = bucket.run(sync);

        assertThat(second.at("/counts/unchanged").asInt()).as(second.toString()).isEqualTo(2);
        assertThat(second.at("/counts/created").asInt()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void manyFilesThatBreakInTheMiddleComeWhole(Cloud cloud) {
        for (int i = 0; i < MANY; i++) {
            cloud.put("many/%04d.txt".formatted(i), ("text number " + i).getBytes(UTF_8), "");
        }
        SyncedBucket bucket = SyncedBucket.create(service.client());
        String sync = bucket.created(cloud.quickstart("many"));
        cloud.breakAfter(MANY / 2);

        JsonNode broken = bucket.run(sync);

        assertThat(broken.at("/status").asString()).as(broken.toString()).isEqualTo("FAILED");
        int before = bucket.objects();
        assertThat(before).isBetween(1, MANY - 1);
        cloud.mend();

        JsonNode whole = bucket.run(sync);

        assertThat(whole.at("/status").asString()).as(whole.toString()).isEqualTo("COMPLETED");
        assertThat(bucket.objects()).isEqualTo(MANY);
        assertThat(bucket.ledger(sync).values())
                .hasSize(MANY)
                .allSatisfy(row -> assertThat(row.at("/state").asString()).isEqualTo("SYNCED"));
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
