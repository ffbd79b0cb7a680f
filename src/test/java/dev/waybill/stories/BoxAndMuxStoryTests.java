package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.box.FakeBox;
import dev.waybill.connectors.box.FakeBoxTokens;
import dev.waybill.connectors.mux.FakeMux;
import dev.waybill.testing.Answer;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Soak;
import dev.waybill.testing.Stores;
import dev.waybill.testing.WaybillClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Files of Box and Mux become objects, once each, over HTTP on both sides. */
@Order(2)
class BoxAndMuxStoryTests {

    /** A thousand with {@code -Psoak}. */
    private static final int MANY = Soak.count(250, 1_000);

    private static final FakeBox BOX = new FakeBox();
    private static final FakeMux MUX = new FakeMux();
    private static ServiceUnderTest service;

    @BeforeAll
    static void start() {
        Map<String, String> settings = new HashMap<>(FilmSource.endpoints(BOX, MUX));
        settings.put("waybill.syncs.page-size", "100");
        service = ServiceUnderTest.start(Stores.create(), settings);
    }

    @AfterAll
    static void stop() {
        Confidential.assertKeptBy(service);
        service.close();
        BOX.close();
        MUX.close();
    }

    @AfterEach
    void mend() {
        BOX.mend();
        MUX.mend();
        MUX.clear();
    }

    @ParameterizedTest
    @EnumSource
    void manyFilesComeWholeThoughTheNetworkIsCutInTheMiddle(FilmSource from) {
        from.put(BOX, MUX, MANY);
        SyncStory story = story(from);
        FilmSource.cutAfter(BOX, MUX, MANY / 2);

        JsonNode broken = story.ended(story.trigger());

        assertThat(broken.at("/status").asString()).as(broken.toString()).isEqualTo("FAILED");
        assertThat(broken.at("/error/code").asString()).isEqualTo("NETWORK");
        assertThat(story.objects()).hasSizeBetween(1, MANY - 1);
        BOX.mend();
        MUX.mend();

        JsonNode whole = story.ended(story.trigger());

        assertThat(whole.at("/status").asString()).as(whole.toString()).isEqualTo("COMPLETED");
        assertWhole(story);
        JsonNode again = story.ended(story.trigger());
        assertThat(again.at("/counts/unchanged").asInt()).as(again.toString()).isEqualTo(MANY);
        assertWhole(story);
    }

    private static void assertWhole(SyncStory story) {
        assertThat(story.ledger()).isEqualTo(Map.of("SYNCED", MANY));
        assertThat(story.objects()).hasSize(MANY);
        assertThat(story.totals().get(1)).as("files that were copied").isEqualTo(MANY);
    }

    @Test
    void newAssetsThatArriveWhileARunListsThemComeOnceEach() {
        for (int i = 0; i < 350; i++) {
            MUX.put("old" + i, "old " + i);
        }
        SyncStory story = story("mux", FakeMux.settings(), "mux://");
        AtomicInteger pages = new AtomicInteger();
        MUX.first(request -> {
            int page = request.query().containsKey("limit") ? pages.incrementAndGet() : 0;
            for (int i = 50 * (page - 2); page > 1 && i < 50 * (page - 1) && i < 150; i++) {
                MUX.put("new" + i, "new " + i);
            }
            return null;
        });

        JsonNode first = story.ended(story.trigger());

        assertThat(first.at("/counts/created").asInt()).as(first.toString()).isEqualTo(350);
        assertThat(pages).hasValue(4);
        JsonNode second = story.ended(story.trigger());
        assertThat(second.at("/counts/created").asInt()).as(second.toString()).isEqualTo(150);
        assertThat(second.at("/counts/unchanged").asInt()).isEqualTo(350);
        assertThat(story.ledger()).isEqualTo(Map.of("SYNCED", 500));
        assertThat(story.objects()).hasSize(500);
    }

    @Test
    void aThrottledRunWaitsAndCompletes() {
        for (int i = 0; i < 20; i++) {
            BOX.put("Calm/%02d.txt".formatted(i), "calm " + i);
        }
        SyncStory story = story("box", FakeBoxTokens.clientCredentials(), "/Calm");
        AtomicInteger requests = new AtomicInteger();
        BOX.first(each -> requests.incrementAndGet() % 9 == 5
                ? FakeBox.error(429, "rate_limit_exceeded", "Request rate limit exceeded", "Retry-After", "1")
                : null);

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertThat(run.at("/throttled").asInt()).as(run.toString()).isPositive();
        assertThat(run.at("/counts/created").asInt()).isEqualTo(20);
        JsonNode row =
                story.client().post(story.path("/ledger/list"), Map.of()).json().at("/results/0");
        assertThat(row.at("/integrity/method").asString()).as(row.toString()).isEqualTo("sha1");
    }

    @Test
    void aFileThatIsRenamedAndMovedIsTheSameObject() {
        BOX.put("Cuts/draft.txt", "the film");
        SyncStory story = story("box", FakeBoxTokens.clientCredentials(), "/Cuts");
        story.ended(story.trigger());
        String object = explained(story, "Cuts/draft.txt").at("/object_id").asString();
        assertThat(object).isNotEmpty();
        int downloads = BOX.downloads().size();
        BOX.move("Cuts/draft.txt", "Cuts/2026/final.txt");

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/counts/unchanged").asInt()).as(run.toString()).isOne();
        assertThat(BOX.downloads()).as("it is not read again").hasSize(downloads);
        assertThat(explained(story, "Cuts/2026/final.txt").at("/object_id").asString())
                .isEqualTo(object);
        assertThat(explained(story, "Cuts/draft.txt").at("/object_id").asString(""))
                .isEmpty();
        assertThat(story.ledger()).isEqualTo(Map.of("SYNCED", 1));
        assertThat(story.objects()).hasSize(1);
    }

    @Test
    void aRefreshTokenIsUsedOnceWhileTwoSyncsWantIt() {
        BOX.put("Ours/a.txt", "a");
        BOX.put("Ours/b.txt", "b");
        SyncStory one = story("box", BOX.tokens().pair(), "/Ours");
        SyncStory other = one.beside(Map.of("source_path", "/Ours"));
        long before = refreshes();
        BOX.tokens().expire();

        String run = one.trigger();
        JsonNode alsoRan = other.ended(other.trigger());

        JsonNode ran = one.ended(run);
        assertThat(ran.at("/status").asString()).as(ran.toString()).isEqualTo("COMPLETED");
        assertThat(alsoRan.at("/status").asString()).as(alsoRan.toString()).isEqualTo("COMPLETED");
        assertThat(refreshes() - before).isOne();
        assertThat(one.ledger()).isEqualTo(Map.of("SYNCED", 2));
    }

    private static long refreshes() {
        return BOX.tokens().grants().stream().filter("refresh_token"::equals).count();
    }

    @Test
    void anAssetIsWaitedForUntilItHasARendition() {
        String id = MUX.upload("film");
        SyncStory story = story("mux", FakeMux.settings(), "mux://");
        assertThat(story.ended(story.trigger()).at("/counts/pending_source").asInt())
                .isOne();
        assertThat(explained(story, id + "/highest.mp4").at("/verdict").asString())
                .isEqualTo("PENDING_SOURCE");
        MUX.ready(id);
        story.ended(story.trigger());
        assertSkipped(story, id, "no static rendition");
        MUX.render(id, "highest.mp4", "moving pictures".getBytes());

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/counts/created").asInt()).as(run.toString()).isOne();
        assertThat(story.ended(story.trigger()).at("/counts/unchanged").asInt()).isOne();
        assertThat(story.objects()).hasSize(1);
    }

    @Test
    void whyAnAssetIsNotTakenIsExplained() {
        String errored = MUX.upload("errored");
        MUX.change(errored, asset -> {
            asset.put("status", "errored");
            asset.put("errors", Map.of("type", "invalid_input", "messages", List.of("not a video")));
        });
        String locked = MUX.put("locked", "x");
        MUX.change(locked, asset -> asset.put("playback_ids", List.of(Map.of("id", "p1", "policy", "drm"))));
        SyncStory story = story("mux", FakeMux.settings(), "mux://");

        JsonNode run = story.ended(story.trigger());

        assertThat(run.at("/status").asString()).as(run.toString()).isEqualTo("COMPLETED");
        assertSkipped(story, errored, "could not process the asset (invalid_input)");
        assertSkipped(story, locked, "protected by DRM");
        assertThat(story.objects()).isEmpty();
    }

    private static void assertSkipped(SyncStory story, String asset, String why) {
        JsonNode explained = explained(story, asset + "/highest.mp4");
        assertThat(explained.at("/verdict").asString()).as(explained.toString()).isEqualTo("SKIPPED");
        assertThat(explained.at("/reason").asString()).isEqualTo("NOT_DOWNLOADABLE");
        assertThat(explained.at("/sentence").asString()).contains(why);
    }

    @Test
    void aConnectionShowsWhatLiesThereAndNoSecret() {
        BOX.put("Shown/a.txt", "a");
        WaybillClient client = service.client();
        Answer made = connected("box shown", "box", FakeBoxTokens.clientCredentials());
        assertThat(made.text()).doesNotContain(FakeBoxTokens.CLIENT_SECRET);
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
        return FilmSource.connected(service.client(), name, provider, settings);
    }

    private static SyncStory story(FilmSource from) {
        return from.story(service.client());
    }

    private static SyncStory story(String provider, Map<String, ?> settings, String path) {
        return FilmSource.story(service.client(), provider, settings, path);
    }

    private static JsonNode explained(SyncStory story, String key) {
        Answer explained = story.client()
                .get(story.path("/explain?key=" + key.replace("/", "%2F").replace(" ", "%20")));
        assertThat(explained.status()).as(explained.text()).isEqualTo(200);
        return explained.json();
    }
}
