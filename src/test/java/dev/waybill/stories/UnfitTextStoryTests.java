package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Workspace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts, numbers and names that could not be stored, found or seen are refused wherever they stand. */
class UnfitTextStoryTests extends HabitsStory {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"metadata\": {\"exif.iso\": \"x\"}}",
                "{\"metadata\": {\".a\": 1}}",
                "{\"metadata\": {\"a.\": 1}}",
                "{\"metadata\": {\"\": 1}}",
                "{\"metadata\": {\"a\": {\"b.c\": 1}}}",
                "{\"metadata\": {\"caption\": \"Great day \\ud83d\"}}",
                "{\"metadata\": {\"n\": 1e400}}",
                "{\"metadata\": {\"count\": 123456789012345678901234567890}}",
                "{\"blobs\": [{\"property\": \"count\", \"type\": \"integer\", \"data\": 123456789012345678901234567890}]}",
                "{\"blobs\": [{\"property\": \"words\", \"type\": \"text\", \"data\": \"half \\ude00\"}]}",
                "{\"blobs\": [{\"property\": \"words\", \"type\": \"text\", \"content\": \"half \\ud83d\"}]}"
            })
    void whatCannotBeStoredOrFoundIsRefused(String body) {
        Workspace shop = shop();

        Answer refused = shop.client().post(shop.path("/objects"), body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        String metadata = body.contains("metadata") ? body.substring(12, body.length() - 1) : "{\"n\": 1e400}";
        for (String field : List.of("metadata", "object_metadata")) {
            String upload = "{\"filename\": \"a.jpg\", \"content_type\": \"image/jpeg\", \"%s\": %s}"
                    .formatted(field, metadata);
            assertThat(shop.client().post(shop.path("/uploads"), upload).status())
                    .as(upload)
                    .isEqualTo(422);
        }
    }

    @Test
    void halfALetterIsRefusedWhereverTextsStand() {
        Workspace shop = shop();
        String half = "\"\\ud83d\"";

        for (String body : List.of("{\"description\": %s}", "{\"bucket_name\": %s}", "{\"metadata\": {\"a\": [%s]}}")) {
            assertThat(shop.client()
                            .patch("/v1/buckets/" + shop.bucket(), body.formatted(half))
                            .status())
                    .isEqualTo(422);
        }
        assertThat(shop.client()
                        .post(shop.path("/objects/list"), "{\"search\": %s}".formatted(half))
                        .status())
                .isEqualTo(422);
        assertThat(made(shop, Map.of("caption", "whole 😀")).at("/metadata/caption"))
                .isEqualTo("whole 😀");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0007b", "a\\u202eb", "a\\ud83db", "  "})
    void namesHoldNothingThatCannotBeSeen(String name) {
        Workspace shop = shop();
        String hook = "{\"webhook_name\": \"%s\", \"event_types\": [\"alert.triggered\"], \"channels\": [{\"channel\": "
                + "\"webhook\", \"configs\": {\"url\": \"https://hooks.example.com/x\"}}]}";
        Map<String, String> bodies = Map.of(
                "/v1/organizations/webhooks", hook,
                "/v1/organizations/agents", "{\"name\": \"%s\"}",
                "/v1/organizations/projects", "{\"name\": \"%s\", \"prompt\": \"x\"}",
                "/v1/organizations/users", "{\"email\": \"n@example.com\", \"user_name\": \"%s\"}",
                "/v1/organizations", "{\"organization_name\": \"%s\", \"admin_email\": \"n@example.com\"}");

        bodies.forEach((path, body) -> {
            Answer refused = shop.client().post(path, body.formatted(name));
            assertThat(refused.status()).as(path + refused.text()).isEqualTo(422);
        });
        assertThat(create(shop, Map.of("metadata", Map.of("a", 1), "key_prefix", "/a\u202eb"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void namesOfKeysStandInPathsAndThoseOfConnectionsInScopes() {
        Workspace shop = shop();
        Answer user = SERVICE.client()
                .post(
                        "/v1/organizations/users",
                        Map.of("email", "k-%s@example.com".formatted(shop.namespace()), "user_name", "Ada"));
        String keys = "/v1/organizations/users/%s/api-keys".formatted(user.at("/email"));
        for (String name : List.of("a/b", "a\\b", ".", "..", "a\u202eb")) {
            assertThat(SERVICE.client().post(keys, Map.of("name", name)).status())
                    .as(name)
                    .isEqualTo(422);
        }
        assertThat(SERVICE.client().post(keys, Map.of("name", "a b.c")).status())
                .isEqualTo(200);

        Answer refused = SERVICE.client()
                .post(
                        "/v1/organizations/connections",
                        Map.of("name", "*", "provider_type", "s3", "provider_config", Map.of()));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("must not end with '*'");
    }
}
