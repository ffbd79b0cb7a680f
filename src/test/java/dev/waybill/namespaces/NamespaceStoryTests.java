package dev.waybill.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StoredObject;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import tools.jackson.databind.JsonNode;

/** Namespaces over HTTP, in the whole application. */
@Order(12)
class NamespaceStoryTests {

    private static final String EXTRACTORS =
            "[{\"feature_extractor_name\": \"multimodal_extractor\", \"version\": \"v1\"}]";

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final WaybillClient client = service.client();
    private final String tag = "t" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void isCreatedFoundChangedAndDeleted() {
        Answer created = create(tag + "-production");
        assertThat(created.status()).isEqualTo(200);
        String id = created.at("/namespace_id");
        assertThat(id).matches("ns_[A-Za-z0-9]{16}");
        assertThat(created.at("/namespace_type")).isEqualTo("standard");
        assertThat(created.at("/feature_extractors/0/feature_extractor_id")).isEqualTo("multimodal_extractor_v1");
        assertThat(created.json().at("/bucket_count").isIntegralNumber()).isTrue();
        assertThat(created.json().has("description")).isFalse();
        assertThat(created.at("/created_at")).endsWith("Z");

        assertThat(client.get("/v1/namespaces/" + id).text()).isEqualTo(created.text());
        assertThat(client.get("/v1/namespaces/" + tag + "-production").text()).isEqualTo(created.text());

        Answer patched = client.patch("/v1/namespaces/" + id, """
                {"description": "live", "auto_create_indexes": true, "infrastructure": {"z": 1, "a": {"b.c": [null]}},
                 "payload_indexes": [{"field_name": "f", "type": "datetime", "field_schema": {"lookup": true}}]}""");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.at("/description")).isEqualTo("live");
        assertThat(patched.at("/payload_indexes/0/type")).isEqualTo("datetime");
        assertThat(patched.json().at("/infrastructure").toString()).isEqualTo("{\"z\":1,\"a\":{\"b.c\":[null]}}");
        Answer cleared = client.patch("/v1/namespaces/" + id, "{\"description\": null}");
        assertThat(cleared.json().has("description")).isFalse();
        assertThat(cleared.at("/payload_indexes/0/field_name")).isEqualTo("f");

        Answer renamed = client.put("/v1/namespaces/" + id, Map.of("namespace_name", tag + "-renamed"));
        assertThat(renamed.at("/namespace_name")).isEqualTo(tag + "-renamed");
        assertThat(renamed.json().at("/auto_create_indexes").asBoolean()).isTrue();
        assertThat(client.get("/v1/namespaces/" + tag + "-production").status()).isEqualTo(404);

        Answer deleted = client.delete("/v1/namespaces/" + tag + "-renamed");
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("/namespace_id")).isEqualTo(id);
        assertThat(deleted.at("/namespace_name")).isEqualTo(tag + "-renamed");
        assertThat(deleted.at("/status")).isEqualTo("PENDING");
        for (String gone : List.of(id, tag + "-renamed", "~" + id)) {
            assertThat(client.get("/v1/namespaces/" + gone).status()).as(gone).isEqualTo(404);
            assertThat(client.delete("/v1/namespaces/" + gone).at("/error/type"))
                    .isEqualTo("NotFoundError");
            assertThat(client.withNamespace(gone).post("/v1/buckets/list").status())
                    .isEqualTo(404);
        }
        assertThat(create(tag + "-renamed").status()).isEqualTo(200);
        awaitTask(deleted.at("/task_id"));
    }

    @Test
    void deletingRemovesBucketsObjectsUploadsAndBytes() throws Exception {
        String id = create(tag + "-full").at("/namespace_id");
        WaybillClient inside = client.withNamespace(id);
        for (int i = 0; i < 3; i++) {
            String body =
                    "{\"bucket_name\": \"b%d\", \"bucket_schema\": {\"properties\": {\"f\": {\"type\": \"text\"}}}}";
            assertThat(inside.post("/v1/buckets", body.formatted(i)).status()).isEqualTo(200);
            upload(inside, "/v1/buckets/b" + i + "/uploads", i != 2);
        }
        assertThat(client.get("/v1/namespaces/" + id).json().at("/bucket_count").asInt())
                .isEqualTo(3);
        await().untilAsserted(() -> assertThat(keysOf(id)).hasSize(3));

        Answer deleted = client.delete("/v1/namespaces/" + id);

        JsonNode task = awaitTask(deleted.at("/task_id"));
        assertThat(task.at("/task_type").asString()).isEqualTo("api_namespaces_delete");
        assertThat(task.at("/outputs/0/namespace_id").asString()).isEqualTo(id);
        assertThat(inside.get("/v1/buckets/b0").status()).isEqualTo(404);
        await().untilAsserted(() -> assertThat(keysOf(id)).isEmpty());
        MongoOperations mongo = service.bean(MongoOperations.class);
        for (String collection : List.of("objects", "uploads", "upload_claims")) {
            assertThat(mongo.count(Query.query(Criteria.where("namespace_id").is(id)), collection))
                    .as(collection)
                    .isZero();
        }
    }

    @Test
    void aNarrowedKeyListsOnlyItsNamespaces() {
        create(tag + "-mine-1");
        create(tag + "-mine-2");
        create(tag + "-theirs");
        String user = client.get("/v1/organizations/users").at("/results/0/email");
        Answer key = client.post("/v1/organizations/users/" + user + "/api-keys", """
                {"name": "%s", "permissions": ["read", "write", "delete"], \
                "scopes": [{"resource_type": "namespace", "resource_id": "%s-mine-*"}]}""".formatted(tag, tag));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        WaybillClient narrowed = service.anonymous().withKey(key.at("/key"));

        Answer listed = narrowed.post("/v1/namespaces/list");
        assertThat(names(listed)).containsExactly(tag + "-mine-2", tag + "-mine-1");
        assertThat(listed.json().at("/total_count").asInt()).isEqualTo(2);
        assertThat(narrowed.get("/v1/namespaces/" + tag + "-theirs").status()).isEqualTo(403);
        assertThat(create(narrowed, tag + "-new").status()).isEqualTo(403);
        assertThat(create(narrowed, tag + "-mine-3").status()).isEqualTo(200);
        assertThat(narrowed.patch("/v1/namespaces/" + tag + "-mine-3", Map.of("namespace_name", tag + "-theirs-too"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusalsNameTheFieldAndTheFix() {
        create(tag + "-taken");
        Answer taken = create(tag + "-taken");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.at("/error/type")).isEqualTo("AlreadyExistsError");
        create(tag + "-other");
        assertThat(client.patch("/v1/namespaces/" + tag + "-other", Map.of("namespace_name", tag + "-taken"))
                        .status())
                .isEqualTo(409);

        Answer unknown = client.post("/v1/namespaces", """
                {"namespace_name": "abc", "feature_extractors": [{"feature_extractor_name": "x", "version": "v1"}]}""");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.at("/error/details/code")).isEqualTo("unknown_extractor");
        assertThat(unknown.at("/error/message")).contains("text_extractor_v1");

        for (String body : List.of(
                "{}",
                "{\"namespace_name\": \"ns_x1\", \"feature_extractors\": %s}".formatted(EXTRACTORS),
                "{\"namespace_name\": \"abc\", \"feature_extractors\": []}",
                "{\"namespace_name\": 5, \"feature_extractors\": %s}".formatted(EXTRACTORS),
                "{\"namespace_name\": \"abc\", \"namespace_type\": \"x\", \"feature_extractors\": %s}"
                        .formatted(EXTRACTORS))) {
            Answer refused = client.post("/v1/namespaces", body);
            assertThat(refused.status()).as(body).isEqualTo(422);
            assertThat(refused.at("/error/details/validation_errors/0/location/0"))
                    .isEqualTo("body");
            assertThat(refused.at("/detail/0/msg")).isNotEmpty();
        }
        assertThat(client.patch("/v1/namespaces/" + tag + "-other", "{\"description\": 5}")
                        .status())
                .isEqualTo(422);
        assertThat(client.patch(
                                "/v1/namespaces/" + tag + "-other",
                                "{\"payload_indexes\": [{\"field_name\": \"f\", \"type\": \"x\"}]}")
                        .status())
                .isEqualTo(422);
        assertThat(client.get("/v1/namespaces/no-such").at("/error/details/resource"))
                .isEqualTo("namespace");
    }

    @Test
    void listsArePagedFilteredSortedAndSummedUp() {
        for (int i = 0; i < 7; i++) {
            create(tag + "-list-" + i);
        }
        client.patch("/v1/namespaces/" + tag + "-list-3", Map.of("description", "The third " + tag.toUpperCase()));

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Answer page = client.post(
                    "/v1/namespaces/list?limit=3" + (cursor == null ? "" : "&cursor=" + cursor),
                    Map.of("search", tag + "-list", "sort", Map.of("field", "namespace_name", "direction", "asc")));
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            assertThat(page.json().at("/total_count").asInt()).isEqualTo(7);
            assertThat(page.json().at("/stats/total_feature_extractors").asInt())
                    .isEqualTo(7);
            assertThat(page.json()
                            .at("/stats/avg_feature_extractors_per_namespace")
                            .asDouble())
                    .isEqualTo(1);
            names(page).forEach(seen::add);
            cursor = page.json().at("/pagination").has("next_cursor") ? page.at("/pagination/next_cursor") : null;
        } while (cursor != null);
        assertThat(seen).hasSize(7).isSorted().doesNotHaveDuplicates();

        assertThat(names(client.post("/v1/namespaces/list", Map.of("search", tag.toLowerCase() + "-LIST-3"))))
                .containsExactly(tag + "-list-3");
        assertThat(names(client.post(
                        "/v1/namespaces/list", Map.of("search", tag.toUpperCase(), "case_sensitive", true))))
                .containsExactly(tag + "-list-3");
        assertThat(names(client.post(
                        "/v1/namespaces/list", Map.of("filters", Map.of("namespace_name", tag + "-list-5")))))
                .containsExactly(tag + "-list-5");
        assertThat(names(client.post(
                        "/v1/namespaces/list",
                        Map.of("search", tag + "-list-5", "filters", Map.of("namespace_type", "standard")))))
                .containsExactly(tag + "-list-5");
        assertThat(names(client.post(
                        "/v1/namespaces/list",
                        Map.of("search", tag, "filters", Map.of("namespace_type", "marketplace")))))
                .isEmpty();
        String id = client.get("/v1/namespaces/" + tag + "-list-5").at("/namespace_id");
        assertThat(names(client.post("/v1/namespaces/list", Map.of("filters", Map.of("namespace_id", id)))))
                .containsExactly(tag + "-list-5");
        assertThat(client.post("/v1/namespaces/list").status()).isEqualTo(200);
        assertThat(client.post("/v1/namespaces/list", Map.of("filters", Map.of("secret", 1)))
                        .status())
                .isEqualTo(422);
    }

    private Answer create(String name) {
        return create(client, name);
    }

    private static Answer create(WaybillClient client, String name) {
        return client.post(
                "/v1/namespaces",
                "{\"namespace_name\": \"%s\", \"feature_extractors\": %s}".formatted(name, EXTRACTORS));
    }

    private static void upload(WaybillClient client, String path, boolean confirmed) throws Exception {
        Answer created = client.post(path, "{\"filename\": \"f.txt\", \"content_type\": \"text/plain\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        HttpRequest put = HttpRequest.newBuilder(URI.create(created.at("/presigned_url")))
                .header("Content-Type", "text/plain")
                .PUT(BodyPublishers.ofString("the bytes of " + path))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(put, BodyHandlers.discarding()).statusCode()).isEqualTo(200);
        }
        if (confirmed) {
            Answer answer = client.post(path + "/" + created.at("/upload_id") + "/confirm");
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    private List<StoredObject> keysOf(String namespace) {
        return service.bean(ObjectStorage.class).list("", null, 1000).stream()
                .filter(stored -> stored.key().value().contains("/" + namespace + "/"))
                .toList();
    }

    private JsonNode awaitTask(String id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.get("/v1/tasks/" + id).at("/status").equals("COMPLETED"));
        return client.get("/v1/tasks/" + id).json();
    }

    private static List<String> names(Answer page) {
        return StreamSupport.stream(page.json().at("/results").spliterator(), false)
                .map(row -> row.at("/namespace_name").asString())
                .toList();
    }
}
