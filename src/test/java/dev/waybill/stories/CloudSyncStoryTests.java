package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.rest.FakeServer.Answer;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Stores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Files come from Google Cloud Storage and from Azure, over all of the service. */
@Order(8)
class CloudSyncStoryTests {

    /** A thousand with {@code -Psoak}. */
    private static final int MANY = Soak.count(200, 1_000);

    private static final Answer HUNG_UP = new Answer(0, Map.of(), new byte[0], 0);
    private static final List<Cloud> CLOUDS = Cloud.all();
    private static ServiceUnderTest service;

    static List<Cloud> clouds() {
        return CLOUDS;
    }

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "waybill.fetch.allow", "127.0.0.1",
                "waybill.syncs.page-size", "20",
                "waybill.syncs.retry-pause", "20ms"));
        CLOUDS.forEach(cloud -> settings.putAll(cloud.settings()));
        service = ServiceUnderTest.start(Stores.create(), settings);
    }

    @AfterAll
    static void stop() {
        Confidential.assertKeptBy(service);
        service.close();
        CLOUDS.forEach(Cloud::close);
    }

    @AfterEach
    void mend() {
        CLOUDS.forEach(cloud -> cloud.server().mend());
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void filesComeAsTheyAreStored(Cloud cloud) throws IOException {
        byte[] packed = packed("a text that was packed ".repeat(100));
        cloud.put("first/a.txt", "the first text".getBytes(UTF_8));
        cloud.putPacked("first/b.txt", packed);
        String folder = cloud.putFolder("first/folder");
        cloud.put("first-old/c.txt", "of another folder".getBytes(UTF_8));
        SyncedBucket bucket = SyncedBucket.create(service.client(), Map.of("content", Map.of("type", "binary")));
        var made = bucket.create(cloud.request("first"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/provider")).isEqualTo(cloud.provider());
        String sync = made.at("/sync_id");

        JsonNode run = bucket.run(sync);

        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(ledger).as(run.toString()).containsOnlyKeys("first/a.txt", "first/b.txt", folder);
        assertThat(ledger.get(folder).at("/reason").asString()).isEqualTo("FOLDER_MARKER");
        for (String key : List.of("first/a.txt", "first/b.txt")) {
            JsonNode row = ledger.get(key);
            assertThat(row.at("/state").asString()).as(row.toString()).isEqualTo("SYNCED");
            assertThat(row.at("/integrity/method").asString()).isEqualTo("md5");
            assertThat(row.at("/integrity/match").asBoolean()).isTrue();
        }
        assertThat(bytes(bucket, ledger, "first/a.txt")).isEqualTo("the first text".getBytes(UTF_8));
        assertThat(bytes(bucket, ledger, "first/b.txt")).isEqualTo(packed);
        String inGzip = ledger.get("first/b.txt").at("/object_id").asString();
        assertThat(bucket.object(inGzip).at("/metadata/source/content_encoding"))
                .isEqualTo("gzip");

        JsonNode second = bucket.run(sync);

        assertThat(second.at("/counts/unchanged").asInt()).as(second.toString()).isEqualTo(2);
        assertThat(second.at("/counts/created").asInt()).isZero();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void manyFilesThatAreCutOffInTheMiddleComeWhole(Cloud cloud) {
        SyncedBucket bucket = SyncedBucket.create(service.client());
        String sync = bucket.created(putMany(cloud, "many", MANY));
        answersAfter(cloud, MANY / 2, HUNG_UP);

        JsonNode broken = bucket.run(sync);

        assertThat(broken.at("/status").asString()).as(broken.toString()).isEqualTo("FAILED");
        assertThat(broken.at("/error/code").asString()).isEqualTo("NETWORK");
        assertThat(broken.at("/listing/complete").asBoolean()).isFalse();
        assertThat(bucket.objects()).isBetween(1, MANY - 1);
        cloud.server().mend();
        assertEndsWhole(bucket, sync, "many", MANY);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aKeyThatIsRefusedInTheMiddleStopsTheRun(Cloud cloud) {
        SyncedBucket bucket = SyncedBucket.create(service.client());
        String sync = bucket.created(putMany(cloud, "some", 60));
        answersAfter(cloud, 30, cloud.refusal());

        JsonNode broken = bucket.run(sync);

        assertThat(broken.at("/status").asString()).as(broken.toString()).isEqualTo("FAILED");
        assertThat(broken.at("/error/code").asString()).isEqualTo(cloud.diagnosis());
        assertThat(broken.at("/counts/quarantined").asInt()).isZero();
        cloud.server().mend();
        assertEndsWhole(bucket, sync, "some", 60);
    }

    /** Google can list after a key; with Azure the run fails with that reason, and the next one begins anew. */
    @ParameterizedTest
    @MethodSource("clouds")
    void aListingThatRepeatsItsTokensIsSeenThrough(Cloud cloud) {
        SyncedBucket bucket = SyncedBucket.create(service.client());
        String sync = bucket.created(putMany(cloud, "listed", 100));
        cloud.repeatTokens();

        JsonNode run = bucket.run(sync);

        assertThat(run.at("/listing/pages").asInt()).as(run.toString()).isLessThan(30);
        if (cloud.provider().equals("azure_blob")) {
            assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("FAILED");
            assertThat(run.at("/error/code").asString()).isEqualTo("BROKEN_LISTING");
            cloud.server().mend();
        } else {
            assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED");
            assertThat(run.at("/counts/created").asInt()).isEqualTo(100);
        }
        assertEndsWhole(bucket, sync, "listed", 100);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void whatIsUnpackedOnItsWayIsNotTaken(Cloud cloud) throws IOException {
        cloud.putPacked("packed/a.txt", packed("a text that was packed ".repeat(100)));
        cloud.put("packed/b.txt", "another text".getBytes(UTF_8));
        SyncedBucket bucket = SyncedBucket.create(service.client(), Map.of("content", Map.of("type", "binary")));
        String sync = bucket.created(cloud.request("packed"));
        cloud.unpack();

        JsonNode run = bucket.run(sync);

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED_WITH_ERRORS");
        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(ledger.get("packed/a.txt").at("/reason").asString())
                .as(ledger.toString())
                .isEqualTo("INTEGRITY_MISMATCH");
        assertThat(ledger.get("packed/b.txt").at("/state").asString()).isEqualTo("SYNCED");
        assertThat(bucket.objects()).isOne();
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aFileThatChangesWhileItIsReadIsNeverMixed(Cloud cloud) {
        byte[] before = new byte[300_000];
        byte[] after = new byte[before.length];
        Arrays.fill(before, (byte) 'b');
        Arrays.fill(after, (byte) 'a');
        cloud.put("changed/a.txt", before);
        SyncedBucket bucket = SyncedBucket.create(service.client(), Map.of("content", Map.of("type", "binary")));
        String sync = bucket.created(cloud.request("changed"));
        AtomicBoolean hasChanged = new AtomicBoolean();
        cloud.server().first(request -> {
            if (!cloud.isRead(request) || hasChanged.getAndSet(true)) {
                return null;
            }
            cloud.put("changed/a.txt", after);
            return new Answer(200, Map.of(), Arrays.copyOf(before, 100_000), before.length);
        });

        bucket.run(sync);
        JsonNode run = bucket.run(sync);

        assertThat(hasChanged).isTrue();
        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(ledger.get("changed/a.txt").at("/state").asString())
                .as(run + " " + ledger)
                .isEqualTo("SYNCED");
        assertThat(bytes(bucket, ledger, "changed/a.txt")).isEqualTo(after);
    }

    @ParameterizedTest
    @MethodSource("clouds")
    void aConnectionSaysWhatItCanAndWhatAilsIt(Cloud cloud) {
        cloud.put("shown/a.txt", "a text".getBytes(UTF_8));
        SyncedBucket bucket = SyncedBucket.create(service.client());
        String sync = bucket.created(cloud.request("shown"));
        String connection = "/v1/organizations/connections/" + bucket.get(sync).at("/connection_id");

        var tested = service.client().post(connection + "/test");

        assertThat(tested.at("/success")).as(tested.text()).isEqualTo("true");
        assertThat(tested.at("/details/capabilities/read")).isEqualTo("true");
        assertThat(tested.at("/details/capabilities/conditional_get")).isEqualTo("true");
        assertThat(service.client().get(connection + "/capabilities").text()).contains("\"md5\"");
        assertThat(service.client().get(connection + "/files?path=/shown").text())
                .contains("a.txt");
        answersAfter(cloud, -1, cloud.refusal());
        var refused = service.client().post(connection + "/test");
        assertThat(refused.at("/success")).as(refused.text()).isEqualTo("false");
        assertThat(refused.at("/details/diagnosis")).isEqualTo(cloud.diagnosis());
    }

    private static Map<String, Object> putMany(Cloud cloud, String folder, int count) {
        for (int i = 0; i < count; i++) {
            cloud.put(key(folder, i), text(i));
        }
        return cloud.request(folder);
    }

    private static String key(String folder, int number) {
        return "%s/%04d.txt".formatted(folder, number);
    }

    private static byte[] text(int number) {
        return "text number %d".formatted(number).getBytes(UTF_8);
    }

    /** When so many files were read, there is no other answer any more. */
    private static void answersAfter(Cloud cloud, int files, Answer answer) {
        AtomicInteger read = new AtomicInteger();
        cloud.server().first(request -> {
            boolean isOver = (cloud.isRead(request) ? read.incrementAndGet() : read.get()) > files;
            return isOver && !request.path().equals("/token") ? answer : null;
        });
    }

    private static void assertEndsWhole(SyncedBucket bucket, String sync, String folder, int count) {
        JsonNode whole = bucket.run(sync);
        assertThat(whole.at("/status").asString()).as(whole.toString()).isEqualTo("COMPLETED");
        assertThat(bucket.objects()).isEqualTo(count);
        Map<String, JsonNode> ledger = bucket.ledger(sync);
        assertThat(ledger.values())
                .hasSize(count)
                .allSatisfy(row -> assertThat(row.at("/state").asString()).isEqualTo("SYNCED"));
        for (int number : new int[] {0, count / 2, count - 1}) {
            assertThat(bytes(bucket, ledger, key(folder, number))).isEqualTo(text(number));
        }
    }

    private static byte[] bytes(SyncedBucket bucket, Map<String, JsonNode> ledger, String key) {
        return bucket.bytes(ledger.get(key).at("/object_id").asString());
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
