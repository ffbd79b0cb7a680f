package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.Relay;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.StoreLinks;
import dev.waybill.testing.Stores;
import dev.waybill.testing.Studio;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Agents' submissions survive outages of stores, killed processes, expired URLs and rate limits. */
@Order(2)
class SubmissionOutageTests {

    private final Stores stores = Stores.create();

    @Test
    void whileAStoreIsAwayTheEnvelopeStaysAndSoDoesASubmission() {
        try (StoreLinks links = stores.links();
                ServiceUnderTest service = ServiceUnderTest.start(links, Map.of())) {
            Studio studio = Studio.open(service.client(), service.anonymous());
            assertStorageIsMissed(studio, links.s3());
            assertTheEnvelopeStays(studio, links);
        }
    }

    private static void assertStorageIsMissed(Studio studio, Relay s3) {
        String id = studio.putPng();
        s3.cut();

        Answer refused = studio.confirm(id);
        assertThat(refused.status()).as(refused.text()).isEqualTo(502);
        assertThat(refused.text())
                .isEqualTo("{\"success\":false,\"error\":{\"code\":\"STORAGE_ERROR\","
                        + "\"message\":\"Failed to verify file in storage\"}}");
        assertThat(studio.status(id)).isEqualTo("pending");

        s3.resume();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(studio.confirm(id).at("/data/status")).isEqualTo("submitted"));
    }

    private static void assertTheEnvelopeStays(Studio studio, StoreLinks links) {
        links.redis().cut();
        String id = studio.putPng();
        Answer confirmed = studio.confirm(id);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        assertThat(confirmed.header("X-RateLimit-Remaining")).isNotEmpty();
        links.redis().resume();

        links.mongo().cut();
        Answer refused = studio.submission(id);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.at("/error/code")).isEqualTo("SERVICE_UNAVAILABLE");
        assertThat(refused.header("Retry-After")).isNotEmpty();
        links.mongo().resume();
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(studio.status(id)).isEqualTo("submitted"));
    }

    @Test
    void aUrlThatEndedIsRenewed() {
        try (ServiceUnderTest service =
                ServiceUnderTest.start(stores, Map.of("waybill.submissions.url-lifetime", "1s"))) {
            Studio studio = Studio.open(service.client(), service.anonymous());
            String id = studio.begin();
            byte[] png = SampleFiles.png();
            Answer first = studio.announcePng(id, png);
            ObjectStorage storage = service.bean(ObjectStorage.class);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Studio.put(first, png).statusCode() == 403);
            // What may have been put while the URL still worked.
            storage.deleteAll(
                    storage.list("", null, 1000).stream().map(StoredObject::key).toList());
            assertThat(studio.confirm(id).at("/error/code")).isEqualTo("FILE_NOT_FOUND");
            assertThat(studio.status(id)).isEqualTo("pending");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> Studio.put(studio.announcePng(id, png), png).statusCode() == 200);
            assertThat(studio.confirm(id).status()).isEqualTo(200);
        }
    }

    @Test
    void theHundredAndFirstRequestOfAnHourIsRefusedOnTwoInstancesTogether() {
        MovedTime time = MovedTime.create();
        time.stopAt(Instant.parse("2026-03-01T10:20:30Z"));
        Map<String, String> settings = new HashMap<>(time.settings());
        settings.put("waybill.submissions.platform-requests-per-hour", "101");
        try (ServiceUnderTest here = ServiceUnderTest.start(stores, settings);
                ServiceUnderTest there = here.another(Map.of())) {
            Studio studio = Studio.open(here.client(), here.anonymous());
            Studio fresh = studio.colleague(there.anonymous());
            WaybillClient elsewhere = there.anonymous().withKey(studio.key());
            String path = "/api/agents/projects";
            for (int i = 1; i <= 100; i++) {
                Answer answer = (i % 2 == 0 ? studio.agent() : elsewhere).get(path);
                assertThat(answer.status())
                        .as("request %d: %s", i, answer.text())
                        .isEqualTo(200);
                assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo(String.valueOf(100 - i));
                assertThat(answer.header("X-RateLimit-Reset"))
                        .isEqualTo(String.valueOf(
                                Instant.parse("2026-03-01T11:00:00Z").getEpochSecond()));
            }
            for (WaybillClient client : new WaybillClient[] {studio.agent(), elsewhere}) {
                Answer refused = client.get(path);
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.json().propertyNames()).containsExactlyInAnyOrder("success", "error");
                assertThat(refused.at("/error/code")).isEqualTo("RATE_LIMITED");
                assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("100");
                assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
                assertThat(refused.header("Retry-After")).isEqualTo("2370");
                assertThat(refused.at("/error/message")).startsWith("More than 100 requests of this agent in an hour.");
            }
            assertOneOfAllIsLeft(fresh.agent());

            time.stopAt(Instant.parse("2026-03-01T10:59:59.999Z"));
            Answer last = elsewhere.get(path);
            assertThat(last.status()).isEqualTo(429);
            assertThat(last.header("Retry-After")).isEqualTo("1");
            assertThat(fresh.agent().get(path).status()).isEqualTo(429);
            time.stopAt(Instant.parse("2026-03-01T11:00:00Z"));
            Answer first = elsewhere.get(path);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("99");
            assertThat(first.header("X-RateLimit-Reset"))
                    .isEqualTo(
                            String.valueOf(Instant.parse("2026-03-01T12:00:00Z").getEpochSecond()));
        }
    }

    /** What the other agent was refused did not count; what it was allowed did, and so this request is refused. */
    private static void assertOneOfAllIsLeft(WaybillClient agent) {
        Answer last = agent.get("/api/agents/projects");
        assertThat(last.status()).isEqualTo(200);
        assertThat(last.header("X-RateLimit-Limit")).isEqualTo("100");
        assertThat(last.header("X-RateLimit-Remaining")).isEqualTo("99");

        Answer refused = agent.get("/api/agents/projects");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.at("/error/code")).isEqualTo("RATE_LIMITED");
        assertThat(refused.at("/error/message"))
                .isEqualTo("More than 101 requests of all agents together in an hour. Try again in 2370 seconds.");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("101");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("Retry-After")).isEqualTo("2370");
    }
}
