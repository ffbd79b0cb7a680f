package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Names, numbers, URLs and bodies that could be misread on the wire. */
class WireHabitsStoryTests extends ObjectStory {

    private static final String EVENTS = "object.created";

    private final Workspace shop =
            Workspace.create(SERVICE.client(), Map.of("file", Map.of("type", "binary"), "n", Map.of("type", "number")));

    private static void assertRefused(Answer answer, String field) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.text()).contains("\"" + field + "\"");
    }

    @Test
    void keysOfMetadataAreFoundOrRefused() {
        String longest = "k".repeat(200);
        String tooLong = longest + "k";
        Answer object = create(shop, Map.of("metadata", Map.of(longest, 7)));
        assertThat(object.status()).as(object.text()).isEqualTo(200);
        Answer upload = shop.ask(Map.of(
                "filename", "a.bin", "content_type", "application/octet-stream", "metadata", Map.of(longest, 7)));
        assertThat(upload.status()).as(upload.text()).isEqualTo(200);

        assertThat(total("/objects/list", Map.of("metadata." + longest, 7))).isEqualTo(1);
        assertThat(total("/uploads/list", Map.of("metadata." + longest, 7))).isEqualTo(1);

        assertRefused(create(shop, Map.of("metadata", Map.of(tooLong, 7))), "metadata");
        for (String field : List.of("metadata", "object_metadata")) {
            assertRefused(
                    shop.ask(Map.of(
                            "filename",
                            "a.bin",
                            "content_type",
                            "application/octet-stream",
                            field,
                            Map.of("a", Map.of(tooLong, 7)))),
                    field);
        }
    }

    private int total(String list, Map<String, ?> filters) {
        Answer found = shop.client().post(shop.path(list) + "?include_total=true", Map.of("filters", filters));
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json().path("results").size();
    }

    @Test
    void aNumberIsFoundHoweverItIsWritten() {
        made("{\"metadata\": {\"n\": 1, \"m\": 1}}");
        made("{\"metadata\": {\"n\": 1.0, \"m\": 1e0}}");

        for (String number : List.of("1", "1.0", "1e0", "10e-1", "1.000")) {
            for (String field : List.of("n", "metadata.m")) {
                Answer found = shop.client()
                        .post(shop.path("/objects/list"), "{\"filters\": {\"%s\": %s}}".formatted(field, number));
                assertThat(found.json().path("results").size())
                        .as("%s %s: %s", field, number, found.text())
                        .isEqualTo(2);
            }
        }
    }

    private void made(String json) {
        Answer made = shop.client().post(shop.path("/objects"), json);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "/", "a\\b", ".", ".."})
    void namesThatNoPathCanHoldAreRefused(String name) {
        WaybillClient client = SERVICE.client();
        assertRefused(client.post("/v1/organizations/webhooks", webhook(name)), "webhook_name");
        assertRefused(
                client.post(
                        "/v1/organizations/connections",
                        Map.of("name", name, "provider_type", "aws_s3", "provider_config", Map.of())),
                "name");
        if (name.length() == 3) {
            assertRefused(
                    client.post("/v1/organizations/users", Map.of("email", name + "@example.com", "user_name", "Ada")),
                    "email");
        }
    }

    @Test
    void aWebhookIsNotNamedLikeTheListOfEventTypes() {
        assertRefused(SERVICE.client().post("/v1/organizations/webhooks", webhook("event-types")), "webhook_name");
    }

    private static Map<String, Object> webhook(String name) {
        return Map.of(
                "webhook_name",
                name,
                "event_types",
                List.of(EVENTS),
                "channels",
                List.of(Map.of("channel", "webhook", "configs", Map.of("url", "https://hooks.example.com/"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/jpeg", "application/octet-stream", "application/x-www-form-urlencoded", "text/csv"})
    void aFileSentToTheApiIsRefusedWithTheWayToPutIt(String type) {
        for (String below : List.of("/uploads", "/objects", "/uploads/upl_1/confirm")) {
            Answer answer = shop.client().with("Content-Type", type).post(shop.path(below), "\u00ff\u00d8 no JSON");

            assertThat(answer.status()).as(answer.text()).isEqualTo(415);
            assertThat(answer.at("/error/message")).contains("PUT the bytes to the presigned_url", "application/json");
        }
    }

    @Test
    void urlsMayHoldSpaces() {
        String url = serve("/my files/a 写真.bin", new byte[] {0, 1, 2});
        Answer made = create(shop, Map.of("blobs", List.of(Map.of("property", "file", "type", "binary", "url", url))));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(fetched).containsKey("/my files/a 写真.bin");
        Answer kept = create(
                shop,
                Map.of(
                        "canonicalize_source",
                        false,
                        "blobs",
                        List.of(Map.of(
                                "property", "file", "type", "binary", "url", "s3://bucket/key with spaces.bin"))));
        assertThat(kept.status()).as(kept.text()).isEqualTo(200);
        assertThat(kept.at("/blobs/0/url")).isEqualTo("s3://bucket/key with spaces.bin");
    }

    /** Micrometer warns of more values than that, and counts the others no more. */
    @Test
    void theMetricsHaveTagValuesForEveryTemplate() {
        long templates = SERVICE.beans(RequestMappingHandlerMapping.class).stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(info -> info.getPatternValues().stream())
                .distinct()
                .count();
        assertThat(templates).isBetween(100L, 280L);
        assertThat(Stream.of("/v1/x1", "/v1/buckets/x2", "/nowhere/x3", "/v1/buckets/a/b/c/x4")
                        .map(path -> SERVICE.client().get(path).status()))
                .doesNotContain(200);
        assertThat(SERVICE.metrics()).doesNotContain("/x1", "/x2", "/x3", "/x4");
    }
}
