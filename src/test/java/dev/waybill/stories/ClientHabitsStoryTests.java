package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Request bodies as existing clients write them, and what these clients read in responses. */
class ClientHabitsStoryTests extends HabitsStory {

    @Test
    void changesAreMergedIntoMetadata() {
        Workspace shop = shop();
        String path = shop.path("/objects/")
                + made(shop, Map.of("color", "blue", "size", "S")).at("/object_id");

        Answer patched = shop.client().patch(path, Map.of("metadata", Map.of("color", "red")));
        assertThat(patched.at("/metadata/color")).isEqualTo("red");
        assertThat(patched.at("/metadata/size")).isEqualTo("S");

        Answer put = shop.client().put(path, Map.of("metadata", Map.of("size", "L")));
        assertThat(put.at("/metadata/color")).isEqualTo("red");
        assertThat(put.at("/metadata/size")).isEqualTo("L");

        shop.client().put(path, Map.of("blobs", List.of(blob("words", "text", "content", "old"))));
        Answer blobs = shop.client()
                .patch(
                        path,
                        Map.of(
                                "blobs",
                                List.of(Map.of(
                                        "property",
                                        "hero_image",
                                        "type",
                                        "image",
                                        "data",
                                        Base64.getEncoder().encodeToString(SampleFiles.jpeg())))));
        assertThat(blobs.json().at("/blobs")).as(blobs.text()).hasSize(2);
        Answer words = shop.client().patch(path, Map.of("blobs", List.of(blob("words", "text", "content", "new"))));
        assertThat(words.json().at("/blobs")).hasSize(2);
        assertThat(words.text()).contains("\"new\"").doesNotContain("\"old\"");
        assertThat(words.at("/metadata/color")).isEqualTo("red");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PATCH | {}                        | metadata
            PATCH | {"metdata": {"a": 1}}     | metadata
            PUT   | {"data": 1}               | blobs
            """)
    void whatChangesNothingIsRefusedWithTheNamesOfWhatWould(String method, String body, String name) {
        Workspace shop = shop();
        String path = shop.path("/objects/") + made(shop, Map.of("n", 1)).at("/object_id");

        Answer refused = shop.client().send(method, path, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains(name);
    }

    @Test
    void bodiesThatMayBeEmptyMayNotBeMisspelt() {
        Workspace shop = shop();
        String list = shop.path("/objects/list");

        assertThat(shop.client().post(list, Map.of()).status()).isEqualTo(200);
        assertThat(shop.client().post(list).status()).isEqualTo(200);
        assertThat(shop.client().post(list, "{\"filters\": null, \"newer\": 1}").status())
                .isEqualTo(200);
        Answer refused = shop.client().post(list, Map.of("filter", Map.of("n", 1)));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text()).contains("holds only filter", "filters, sort, search", "page_size");
        assertThat(shop.client()
                        .patch("/v1/buckets/" + shop.bucket(), Map.of("name", "x"))
                        .text())
                .contains("bucket_name");
        assertThat(shop.client()
                        .patch("/v1/namespaces/" + shop.namespace(), Map.of())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void anObjectOfNothingIsRefused() {
        Workspace shop = shop();

        for (String body :
                List.of("{}", "{\"metadata\": {}}", "{\"blobs\": []}", "{\"key_prefix\": \"/a\"}", "{\"file\": 1}")) {
            Answer refused = shop.client().post(shop.path("/objects"), body);
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.text()).contains("blobs");
        }
        Answer batch =
                shop.client().post(shop.path("/objects/batch"), "{\"objects\": [{}, {\"metadata\": {\"a\": 1}}]}");
        assertThat(batch.json().path("failed_count").asInt()).isEqualTo(1);
        assertThat(shop.objects()).isEqualTo(1);
    }

    @Test
    void anEmailWebhookWaitsForAMailServer() {
        String name = "mail-" + java.util.UUID.randomUUID();
        Map<String, ?> email =
                Map.of("channel", "email", "configs", Map.of("to_addresses", List.of("ops@example.com")));

        Answer made = SERVICE.client()
                .post(
                        "/v1/organizations/webhooks",
                        Map.of(
                                "webhook_name",
                                name,
                                "event_types",
                                List.of("alert.triggered"),
                                "channels",
                                List.of(email)));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.at("/channels/0/delivery_problem")).contains("SPRING_MAIL_HOST");
        SERVICE.client().delete("/v1/organizations/webhooks/" + made.at("/webhook_id"));
    }

    @Test
    void aBatchsTaskDescribesItsBatch() {
        Workspace shop = shop();
        List<String> objects = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            objects.add(made(shop, Map.of("n", i)).at("/object_id"));
        }
        String batch = shop.client()
                .post(shop.path("/batches"), Map.of("object_ids", objects))
                .at("/batch_id");

        Answer task = shop.client().post(shop.path("/batches/" + batch + "/submit"));

        assertThat(task.at("/description")).as(task.text()).isNotEmpty();
        assertThat(task.at("/additional_data/job_id")).isEqualTo(task.at("/task_id"));
        assertThat(task.at("/additional_data/batch_id")).isEqualTo(batch);
        assertThat(task.at("/additional_data/bucket_id")).isEqualTo(shop.bucket());
        assertThat(task.at("/additional_data/namespace_id")).isEqualTo(shop.namespace());
        assertThat(task.json().at("/additional_data/object_count").asInt()).isEqualTo(6);
        assertThat(task.json().at("/additional_data/sample_object_ids")).hasSize(5);
        assertThat(task.json().at("/additional_data/total_tiers").asInt()).isEqualTo(1);
        assertThat(task.json().at("/additional_data/current_tier").asInt(-1)).isZero();
        assertThat(task.json().at("/additional_data/collection_ids").isArray()).isTrue();
    }
}
