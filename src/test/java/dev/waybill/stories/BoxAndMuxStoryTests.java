package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.box.FakeBox;
import dev.waybill.connectors.mux.FakeMux;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files of Box and Mux become objects, once each, over HTTP on both sides. */
class BoxAndMuxStoryTests {

    private static final int MANY = 1_000;

    private static final Stores STORES = Stores.create();
    private static final FakeBox BOX = new FakeBox();
    private static final FakeMux MUX = new FakeMux();
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.start(
                STORES,
                Map.of(
                        "waybill.fetch.allow", "127.0.0.1",
                        "waybill.syncs.page-size", "100",
                        "waybill.connectors.box.endpoint", BOX.endpoint(),
                        "waybill.connectors.mux.endpoint", MUX.endpoint(),
                        "waybill.connectors.mux.stream-endpoint", MUX.streamEndpoint()));
    }

    @AfterAll
    static void stop() {
        Confidential.assertKeptBy(service);
        service.close();
        BOX.close();
        MUX.close();
    }

    @Test
    void aThousandFilesOfBoxThatBreakInTheMiddleEndWhole() {
        for (int i = 0; i < MANY; i++) {
            BOX.put("Archive/%02d/file %04d.txt".formatted(i % 40, i), "the bytes of " + i);
        }
        SyncStory story = story("box", FakeBox.clientCredentials(), "/Archive");
        AtomicInteger listings = new AtomicInteger();
        BOX.first(asked -> asked.path().endsWith("/items") && listings.incrementAndGet() >= 20 && listings.get() < 60
                ? FakeBox.error(500, "internal_server_error", "Internal Server Error")
                : null);

        JsonNode broken = story.ended(story.trigger());

        assertThat(broken.at("/status").asString()).as(broken.toString()).isEqualTo("FAILED");
        assertThat(broken.at("/error/code").asString()).isEqualTo("NETWORK");
        listings.set(1_000);
        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(story.ledger()).isEqualTo(Map.of("SYNCED", MANY));
        assertThat(objects(story)).hasSize(MANY);
    }

    @Test
    void aRenamedFileIsTheSameObject() {
        BOX.put("Cuts/draft.txt", "the film");
        SyncStory story = story("box", FakeBox.clientCredentials(), "/Cuts");
        story.ended(story.trigger());
        String object = explained(story, "Cuts/draft.txt").at("/object_id").asString();
        assertThat(object).isNotEmpty();
        BOX.move("Cuts/draft.txt", "Cuts/2026/final.txt");

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/counts/unchanged").asInt()).isOne();
        assertThat(explained(story, "Cuts/2026/final.txt").at("/object_id").asString())
                .isEqualTo(object);
        assertThat(objects(story)).hasSize(1);
    }

    @Test
    void aRefreshTokenIsUsedOnceWhileTwoSyncsWantIt() {
        BOX.put("Ours/a.txt", "a");
        BOX.put("Ours/b.txt", "b");
        String first = BOX.issue();
        Map<String, Object> pair = Map.of(
                "credentials",
                Map.of(
                        "client_id",
                        FakeBox.CLIENT,
                        "client_secret",
                        FakeBox.CLIENT_SECRET,
                        "access_token",
                        first,
                        "refresh_token",
                        BOX.issueRefresh()));
        SyncStory one = story("box", pair, "/Ours");
        SyncStory other = one.beside(Map.of("source_path", "/Ours"));
        long before = BOX.grants().stream().filter("refresh_token"::equals).count();
        BOX.expire(first);

        String run = one.trigger();
        JsonNode alsoRan = other.ended(other.trigger());

        assertThat(one.ended(run).at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(alsoRan.at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(BOX.grants().stream().filter("refresh_token"::equals).count() - before)
                .isOne();
        assertThat(one.ledger()).isEqualTo(Map.of("SYNCED", 2));
    }

    @Test
    void anAssetIsWaitedForUntilItHasARendition() {
        String id = MUX.upload("film");
        SyncStory story = story("mux", FakeMux.settings(), "mux://" + id);
        assertThat(story.ended(story.trigger()).at("/counts/pending_source").asInt())
                .isOne();
        assertThat(explained(story, id + "/highest.mp4").at("/verdict").asString())
                .isEqualTo("PENDING_SOURCE");
        MUX.ready(id);
        story.ended(story.trigger());
        JsonNode missing = explained(story, id + "/highest.mp4");
        assertThat(missing.at("/verdict").asString()).isEqualTo("SKIPPED");
        assertThat(missing.at("/reason").asString()).isEqualTo("NOT_DOWNLOADABLE");
        assertThat(missing.at("/sentence").asString()).contains("no static rendition");
        MUX.render(id, "highest.mp4", "moving pictures".getBytes());

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/counts/created").asInt()).isOne();
        assertThat(story.ended(story.trigger()).at("/counts/unchanged").asInt()).isOne();
        assertThat(objects(story)).hasSize(1);
    }

    @Test
    void aThousandAssetsArriveOnceEach() {
        for (int i = 0; i < MANY; i++) {
            MUX.put("clip" + i, "clip " + i);
        }
        SyncStory story = story("mux", FakeMux.settings(), "mux://");
        AtomicInteger pages = new AtomicInteger();
        MUX.first(asked -> asked.query().containsKey("limit") && pages.incrementAndGet() >= 5 && pages.get() < 30
                ? FakeMux.error(500, "internal", "Internal Server Error")
                : null);

        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("FAILED");

        pages.set(1_000);
        for (int i = 0; i < 150; i++) {
            MUX.put("new" + i, "new " + i);
        }
        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(story.ended(story.trigger()).at("/status").asString()).isEqualTo("COMPLETED");
        assertThat(story.ledger().get("SYNCED")).isGreaterThanOrEqualTo(MANY + 150);
        assertThat(objects(story)).hasSize(story.ledger().get("SYNCED"));
    }

    @Test
    void aConnectionShowsWhatLiesThereAndNoSecret() {
        BOX.put("Shown/a.txt", "a");
        WaybillClient client = service.client();
        Answer made = connected("box shown", "box", FakeBox.clientCredentials());
        assertThat(made.text()).doesNotContain(FakeBox.CLIENT_SECRET);
        assertThat(made.at("/provider_type")).isEqualTo("s3");
        assertThat(made.at("/provider")).isEqualTo("box");
        String path = "/v1/organizations/connections/" + made.at("/connection_id");
        Answer tested = client.post(path + "/test");
        assertThat(tested.at("/success")).as(tested.text()).isEqualTo("true");
        assertThat(tested.at("/details/account")).isEqualTo("App_1@boxdevedition.com");
        assertThat(client.get(path + "/folders?path=/").text()).contains("\"Shown\"");
        assertThat(client.get(path + "/files?path=/Shown").text()).contains("a.txt");
        Answer mux = connected("mux shown", "mux", FakeMux.settings());
        assertThat(client.post("/v1/organizations/connections/" + mux.at("/connection_id") + "/test")
                        .at("/success"))
                .isEqualTo("true");
    }

    private static Answer connected(String name, String provider, Map<String, ?> settings) {
        Map<String, Object> config = new HashMap<>(settings);
        config.put("provider_type", provider);
        Answer made = service.client()
                .post(
                        "/v1/organizations/connections",
                        Map.of("name", name, "provider_type", provider, "provider_config", config));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made;
    }

    private static SyncStory story(String provider, Map<String, ?> settings, String path) {
        Answer connection = connected("%s of %s %d".formatted(provider, path, System.nanoTime()), provider, settings);
        return SyncStory.over(service.client(), connection, Map.of("source_path", path));
    }

    private static JsonNode explained(SyncStory story, String key) {
        Answer explained = story.client()
                .get(story.path("/explain?key=" + key.replace("/", "%2F").replace(" ", "%20")));
        assertThat(explained.status()).as(explained.text()).isEqualTo(200);
        return explained.json();
    }

    private static List<String> objects(SyncStory story) {
        return List.copyOf(story.objects().keySet());
    }
}
