package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clients make objects themselves, one by one or many at once, and change and delete them. */
class ObjectStoryTests extends ObjectStory {

    @Test
    void theCountersAreRightAfterADelete() {
        Workspace shop = Workspace.create(SERVICE.client());
        String id = create(shop, Map.of("blobs", List.of(link("hero_image", serve("/c.jpg", SampleFiles.jpeg())))))
                .at("/object_id");
        await().atMost(Duration.ofSeconds(20)).until(() -> counted(shop) == 1);

        shop.client().delete(shop.path("/objects/" + id));

        await().atMost(Duration.ofSeconds(20)).until(() -> counted(shop) == 0);
        assertThat(shop.client().delete(shop.path("/objects/" + id)).status()).isEqualTo(404);
    }

    @Test
    void allErrorsAreReportedAtOnce() {
        Workspace shop = Workspace.create(
                SERVICE.client(),
                Map.of(
                        "title", Map.of("type", "text", "required", true),
                        "photo", Map.of("type", "image"),
                        "price", Map.of("type", "number", "enum", List.of(1, 2))));
        Answer wrong = create(shop, """
                {"metadata": {"price": "dear"}, "blobs": [
                 {"property": "nope", "type": "text", "data": "x"},
                 {"property": "photo", "type": "video", "url": "https://example.com/a"},
                 {"property": "photo", "type": "image"},
                 {"property": "photo", "type": "image", "url": "https://example.com/a", "upload_id": "upl_1"},
                 {"property": "photo", "type": "image", "url": "ftp://example.com/a"},
                 {"property": "photo", "type": "image", "data": "not base64!"},
                 {"property": "title", "type": "text", "data": 5},
                 {"property": "price", "type": "number", "data": 3},
                 {"type": "text", "data": "x"}]}""");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().at("/error/details/validation_errors")).hasSize(10);
        assertThat(create(shop, "{\"metadata\": {\"other\": 1}}").text()).contains("requires 'title'");
        assertThat(create(shop, "{\"blobs\": [{\"property\": \"title\", \"type\": \"nonsense\"}]}")
                        .status())
                .isEqualTo(422);
        assertThat(create(shop, "{\"metadata\": {\"title\": \"x\"}}").status()).isEqualTo(200);
    }

    @Test
    void objectsOfALockedBucketAndOfStrangersAreRefused() {
        Workspace shop = Workspace.create(SERVICE.client());
        Workspace other = Workspace.create(SERVICE.client());
        String id = create(other, Map.of("metadata", Map.of("a", 1))).at("/object_id");

        assertThat(shop.client()
                        .put(shop.path("/objects/" + id), Map.of("key_prefix", "/a"))
                        .status())
                .isEqualTo(404);
        assertThat(shop.client()
                        .patch(shop.path("/objects/" + id), Map.of("key_prefix", "/a"))
                        .status())
                .isEqualTo(404);
        assertThat(shop.client().delete(shop.path("/objects/" + id)).status()).isEqualTo(404);
        assertThat(other.object(id).status()).isEqualTo(200);
    }

    @Test
    void aBucketWithoutAKeyTakesNoPolicyButInsert() {
        Workspace shop = Workspace.create(SERVICE.client());

        assertThat(create(shop, "insert", Map.of("metadata", Map.of("a", 1))).status())
                .isEqualTo(200);
        assertThat(create(shop, "upsert", Map.of("metadata", Map.of("a", 1))).status())
                .isEqualTo(400);
    }

    @Test
    void anUpdateReplacesBlobsMergesMetadataAndRemovesOldBytes() {
        Workspace shop = Workspace.create(SERVICE.client());
        String one = serve("/one.jpg", SampleFiles.jpeg());
        String two = serve("/two.jpg", SampleFiles.jpeg());
        Answer made = create(
                shop,
                Map.of("key_prefix", "/a", "metadata", Map.of("x", 1), "blobs", List.of(link("hero_image", one))));
        String path = shop.path("/objects/" + made.at("/object_id"));

        Answer same = shop.client().put(path, Map.of("blobs", List.of(link("hero_image", one))));
        assertThat(same.status()).as(same.text()).isEqualTo(200);
        assertThat(fetched).containsEntry("/one.jpg", 1);
        assertThat(same.at("/blobs/0/blob_id")).isEqualTo(made.at("/blobs/0/blob_id"));
        Map<String, Object> again = new HashMap<>(link("hero_image", one));
        again.put("force_remirror", true);
        assertThat(shop.client().put(path, Map.of("blobs", List.of(again))).status())
                .isEqualTo(200);
        assertThat(fetched).containsEntry("/one.jpg", 2);

        Answer other = shop.client().put(path, Map.of("blobs", List.of(link("hero_image", two))));
        assertThat(other.at("/key_prefix")).isEqualTo("/a");
        assertThat(other.json().at("/metadata/x").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(stored(shop)).hasSize(1));
        Answer failed = shop.client().put(path, Map.of("blobs", List.of(link("hero_image", base() + "/none.jpg"))));
        assertThat(failed.status()).isEqualTo(400);
        assertThat(shop.client().get(path).at("/blobs/0/url")).isEqualTo(two);

        Answer patched = shop.client().patch(path, Map.of("key_prefix", "/b"));
        assertThat(patched.at("/key_prefix")).isEqualTo("/b");
        assertThat(patched.at("/blobs/0/url")).isEqualTo(two);
        assertThat(shop.client()
                        .put(path, Map.of("metadata", Map.of("y", 2), "key_prefix", ""))
                        .text())
                .contains("\"y\":2")
                .contains("\"x\":1")
                .doesNotContain("\"key_prefix\":\"/b\"");
    }

    @Test
    void aBatchReportsSucceededAndFailedSideBySide() {
        Workspace shop = Workspace.create(SERVICE.client());
        String good = serve("/batch.jpg", SampleFiles.jpeg());
        List<Object> objects = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> objects.add(Map.of("metadata", Map.of("i", i))));
        objects.set(3, Map.of("blobs", List.of(link("hero_image", base() + "/no.jpg"))));
        objects.set(5, Map.of("blobs", List.of(blob("nope", "text", "data", "x"))));
        objects.set(7, Map.of("blobs", List.of(link("hero_image", good))));

        Answer answer = shop.client().post(shop.path("/objects/batch"), Map.of("objects", objects));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().at("/succeeded")).hasSize(18);
        assertThat(answer.at("/failed/0/object_index")).isEqualTo("3");
        assertThat(answer.at("/failed/0/error_type")).isEqualTo("BadRequestError");
        assertThat(answer.at("/failed/0/error"))
                .contains("blobs[0] (hero_image)")
                .contains("404");
        assertThat(answer.at("/failed/1/object_index")).isEqualTo("5");
        assertThat(answer.at("/failed/1/error_type")).isEqualTo("ValidationError");
        assertThat(answer.at("/failed/1/error")).contains("no property 'nope'");
        assertThat(answer.at("/succeeded_count")).isEqualTo("18");
        assertThat(answer.at("/failed_count")).isEqualTo("2");
        assertThat(answer.at("/total_requested")).isEqualTo("20");
        assertThat(shop.objects()).isEqualTo(18);
        List<Object> tooMany =
                IntStream.range(0, 101).<Object>mapToObj(i -> Map.of()).toList();
        assertThat(shop.client()
                        .post(shop.path("/objects/batch"), Map.of("objects", tooMany))
                        .status())
                .isEqualTo(422);
        assertThat(shop.client()
                        .post(shop.path("/objects/batch"), Map.of("objects", List.of()))
                        .status())
                .isEqualTo(422);
    }

    private static long counted(Workspace shop) {
        return shop.client().get(shop.path("")).json().at("/object_count").asLong();
    }

    private static Answer create(Workspace shop, String policy, Object body) {
        return shop.client().post(shop.path("/objects?policy=" + policy), body);
    }
}
