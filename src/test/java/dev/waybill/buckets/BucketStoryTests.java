package dev.waybill.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Buckets over HTTP, in the whole application. */
class BucketStoryTests {

    private static final String SCHEMA =
            "{\"properties\": {\"product_text\": {\"type\": \"text\", \"required\": true}, \"hero_image\": {\"type\": \"image\"}}}";

    private final WaybillClient anywhere = ServiceUnderTest.shared().client();
    private final String namespace = "t" + UUID.randomUUID().toString().substring(0, 8);
    private final WaybillClient client = anywhere.withNamespace(namespace);

    @BeforeEach
    void createNamespace() {
        createNamespace(namespace);
    }

    @Test
    void isCreatedFoundChangedAndDeleted() {
        Answer created = create("product-catalog");
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        String id = created.at("/bucket_id");
        assertThat(id).matches("bkt_[A-Za-z0-9]{16}");
        assertThat(created.json().at("/bucket_schema").toString())
                .isEqualTo(
                        "{\"properties\":{\"product_text\":{\"type\":\"text\",\"required\":true},\"hero_image\":{\"type\":\"image\"}}}");
        assertThat(created.at("/status")).isEqualTo("ACTIVE");
        assertThat(created.json().at("/is_locked").isBoolean()).isTrue();
        assertThat(created.json().at("/metadata").toString()).isEqualTo("{}");
        for (String count : List.of("/object_count", "/total_size_bytes", "/storage_stats/max_size_bytes")) {
            assertThat(created.json().at(count).isIntegralNumber()).as(count).isTrue();
        }
        for (String absent : List.of("description", "unique_key", "last_upload_at", "batch_stats")) {
            assertThat(created.json().has(absent)).as(absent).isFalse();
        }
        assertThat(client.get("/v1/buckets/" + id).text()).isEqualTo(created.text());
        assertThat(anywhere.get("/v1/buckets/product-catalog?namespace=" + namespace)
                        .text())
                .isEqualTo(created.text());

        Answer patched = client.patch(
                "/v1/buckets/product-catalog",
                "{\"bucket_name\": \"catalog.v2\", \"description\": \"d\", \"metadata\": {\"z\": 1, \"a\": [null, 2.5]}}");
        assertThat(patched.status()).isEqualTo(200);
        assertThat(patched.json().at("/metadata").toString()).isEqualTo("{\"z\":1,\"a\":[null,2.5]}");
        assertThat(client.put("/v1/buckets/catalog.v2", "{\"description\": null}")
                        .json()
                        .has("description"))
                .isFalse();
        assertThat(client.get("/v1/buckets/product-catalog").status()).isEqualTo(404);

        Answer deleted = client.delete("/v1/buckets/" + id);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.at("/bucket_id")).isEqualTo(id);
        assertThat(deleted.at("/bucket_name")).isEqualTo("catalog.v2");
        assertThat(deleted.json().at("/object_count").asInt(-1)).isZero();
        for (String gone : List.of(id, "catalog.v2", "~" + id)) {
            assertThat(client.get("/v1/buckets/" + gone).at("/error/type")).isEqualTo("NotFoundError");
            assertThat(client.delete("/v1/buckets/" + gone).status()).isEqualTo(404);
        }
        assertThat(create("catalog.v2").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> anywhere.get("/v1/tasks/" + deleted.at("/task_id"))
                        .at("/status")
                        .equals("COMPLETED"));
    }

    @Test
    void aNamespaceIsNeededAndSeparates() {
        create("photos");
        assertThat(anywhere.get("/v1/buckets/photos").status()).isEqualTo(400);
        assertThat(anywhere.withNamespace("no-such").get("/v1/buckets/photos").status())
                .isEqualTo(404);
        createNamespace(namespace + "-other");
        WaybillClient other = anywhere.withNamespace(namespace + "-other");
        String id = client.get("/v1/buckets/photos").at("/bucket_id");
        for (String identifier : List.of("photos", id)) {
            assertThat(other.get("/v1/buckets/" + identifier).status()).isEqualTo(404);
            assertThat(other.patch("/v1/buckets/" + identifier, "{\"description\": \"mine\"}")
                            .status())
                    .isEqualTo(404);
            assertThat(other.delete("/v1/buckets/" + identifier).status()).isEqualTo(404);
        }
        assertThat(other.post("/v1/buckets/list").json().at("/total_count").asInt(-1))
                .isZero();
    }

    @Test
    void refusalsNameTheFieldAndTheFix() {
        create("photos");
        Answer taken = create("photos");
        assertThat(taken.status()).isEqualTo(409);
        assertThat(taken.at("/error/type")).isEqualTo("AlreadyExistsError");

        Answer type = client.post(
                "/v1/buckets",
                "{\"bucket_name\": \"b\", \"schema\": {\"properties\": {\"p\": {\"type\": \"picture\"}}}}");
        assertThat(type.status()).isEqualTo(422);
        assertThat(type.json().at("/detail/0/loc").toString())
                .isEqualTo("[\"body\",\"bucket_schema\",\"properties\",\"p\",\"type\"]");
        assertThat(type.at("/detail/0/msg")).contains("image, audio, video");
        for (String body : List.of(
                "{\"bucket_name\": \"b\"}",
                "{\"bucket_name\": \"b\", \"bucket_schema\": {\"properties\": {}}}",
                "{\"bucket_name\": \"b\", \"bucket_schema\": []}",
                "{\"bucket_name\": 7, \"bucket_schema\": %s}".formatted(SCHEMA),
                "{\"bucket_name\": \"b\", \"bucket_schema\": %s, \"metadata\": {\"$a\": 1}}".formatted(SCHEMA),
                "{\"bucket_name\": \"b\", \"bucket_schema\": %s, \"unique_key\": {\"fields\": [\"hero_image\"]}}"
                        .formatted(SCHEMA))) {
            assertThat(client.post("/v1/buckets", body).status()).as(body).isEqualTo(422);
        }
        assertThat(client.post("/v1/buckets/list", "{\"limit\": 0}").status()).isEqualTo(422);
        assertThat(client.post("/v1/buckets/list", "{\"limit\": 1001}").status())
                .isEqualTo(422);
        assertThat(client.post("/v1/buckets/list", "{\"filters\": {\"a\": 1}}").status())
                .isEqualTo(422);
    }

    @Test
    void listsArePagedFilteredSortedAndSummedUp() {
        for (int i = 0; i < 12; i++) {
            assertThat(client.post(
                                    "/v1/buckets",
                                    "{\"bucket_name\": \"b%02d\", \"metadata\": {\"even\": %s}, \"bucket_schema\": %s}"
                                            .formatted(i, i % 2 == 0, SCHEMA))
                            .status())
                    .isEqualTo(200);
        }
        Buckets buckets = ServiceUnderTest.shared().bean(Buckets.class);
        Scope scope = new Scope(
                new OrganizationId(anywhere.get("/v1/organizations").at("/organization_id")),
                new NamespaceId(anywhere.get("/v1/namespaces/" + namespace).at("/namespace_id")));
        buckets.recordUsage(
                scope,
                new BucketId(client.get("/v1/buckets/b03").at("/bucket_id")),
                new BucketUsage(3, 30, 20, 4, null, null));

        Answer first = client.post("/v1/buckets/list");
        assertThat(names(first)).hasSize(10).startsWith("b11");
        assertThat(first.json().at("/total_count").asInt()).isEqualTo(12);
        assertThat(first.json().at("/stats").toString())
                .isEqualTo(
                        "{\"total_objects\":3,\"total_size_bytes\":30,\"avg_objects_per_bucket\":0.25,\"avg_size_per_bucket\":2.5}");
        Answer second = client.post("/v1/buckets/list?cursor=" + first.at("/pagination/next_cursor"));
        assertThat(names(second)).containsExactly("b01", "b00");
        assertThat(second.json().at("/pagination").has("next_cursor")).isFalse();

        assertThat(names(client.post(
                        "/v1/buckets/list", "{\"limit\": 2, \"offset\": 1, \"sort\": {\"bucket_name\": 1}}")))
                .containsExactly("b01", "b02");
        assertThat(names(client.post(
                        "/v1/buckets/list?limit=1", "{\"limit\": 10, \"sort\": {\"bucket_name\": \"asc\"}}")))
                .containsExactly("b00");
        List<String> even = new ArrayList<>(
                names(client.post("/v1/buckets/list", "{\"limit\": 20, \"filters\": {\"metadata.even\": true}}")));
        assertThat(even).hasSize(6).contains("b00", "b10");
        assertThat(names(client.post("/v1/buckets/list", "{\"filters\": {\"object_count\": 3}}")))
                .containsExactly("b03");
        assertThat(
                        names(
                                client.post(
                                        "/v1/buckets/list",
                                        "{\"filters\": {\"AND\": [{\"field\": \"total_size_bytes\", \"operator\": \"gte\", \"value\": 30}], \"case_sensitive\": false}}")))
                .containsExactly("b03");
        assertThat(names(
                        client.post("/v1/buckets/list", "{\"search\": \"b0\", \"filters\": {\"status\": \"ACTIVE\"}}")))
                .hasSize(10);
        assertThat(names(client.post("/v1/buckets/list", "{\"search\": \"B1\"}")))
                .containsExactly("b11", "b10");
        assertThat(client.get("/v1/buckets/b03").json().at("/storage_stats").toString())
                .isEqualTo(
                        "{\"total_size_bytes\":30,\"avg_size_bytes\":10,\"max_size_bytes\":20,\"min_size_bytes\":4}");
        assertThat(anywhere.get("/v1/namespaces/" + namespace)
                        .json()
                        .at("/object_count")
                        .asInt())
                .isEqualTo(3);
    }

    private void createNamespace(String name) {
        assertThat(anywhere.post("/v1/namespaces", """
                                {"namespace_name": "%s", "feature_extractors": [{"feature_extractor_name": \
                                "text_extractor", "version": "v1"}]}""".formatted(name)).status())
                .isEqualTo(200);
    }

    private Answer create(String name) {
        return client.post("/v1/buckets", "{\"bucket_name\": \"%s\", \"bucket_schema\": %s}".formatted(name, SCHEMA));
    }

    private static List<String> names(Answer page) {
        assertThat(page.status()).as(page.text()).isEqualTo(200);
        return StreamSupport.stream(page.json().at("/results").spliterator(), false)
                .map(row -> row.at("/bucket_name").asString())
                .toList();
    }
}
