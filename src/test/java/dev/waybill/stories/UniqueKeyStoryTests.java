package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The policies of a bucket's unique key, for objects that are created and changed. */
class UniqueKeyStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();

    @ParameterizedTest
    @ValueSource(strings = {"insert", "upsert"})
    void ofManyObjectsOfOneKeyAtOnceThereIsOne(String policy) throws Exception {
        Workspace shop = keyed(null);

        List<Integer> statuses = atOnce(
                12,
                i -> create(shop, policy, Map.of("metadata", Map.of("sku", "A-1", "n", i)))
                        .status());

        assertThat(shop.objects()).isEqualTo(1);
        assertThat(statuses.stream().filter(status -> status == 200).count())
                .isEqualTo(policy.equals("insert") ? 1 : 12);
    }

    @Test
    void thePolicySaysWhatASecondObjectOfAKeyDoes() {
        Workspace shop = keyed("insert");
        Map<String, Object> words = blob("product_text", "text", "content", "old");
        Answer first = create(shop, Map.of("metadata", Map.of("sku", "A-1", "kept", 1), "blobs", List.of(words)));
        String id = first.at("/object_id");

        Answer refused = create(shop, Map.of("metadata", Map.of("sku", "A-1")));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/error/type")).isEqualTo("AlreadyExistsError");
        assertThat(refused.at("/error/details/id")).isEqualTo(id);
        assertThat(create(shop, "update", Map.of("metadata", Map.of("sku", "B-2")))
                        .status())
                .isEqualTo(404);
        assertThat(create(shop, "nonsense", Map.of("metadata", Map.of("sku", "B-2")))
                        .status())
                .isEqualTo(422);
        assertThat(create(shop, Map.of("metadata", Map.of("other", 1))).text()).contains("unique key");

        Answer updated = create(
                shop,
                "update",
                Map.of(
                        "metadata",
                        Map.of("sku", "A-1", "added", 2),
                        "blobs",
                        List.of(blob("product_text", "text", "content", "new"))));
        assertThat(updated.at("/object_id")).isEqualTo(id);
        assertThat(updated.json().at("/blobs")).hasSize(1);
        assertThat(updated.at("/blobs/0/data")).isEqualTo("new");
        assertThat(updated.json().at("/metadata/kept").asInt()).isEqualTo(1);
        assertThat(updated.json().at("/metadata/added").asInt()).isEqualTo(2);
        assertThat(create(shop, "upsert", Map.of("metadata", Map.of("sku", "B-2")))
                        .status())
                .isEqualTo(200);

        shop.client().delete(shop.path("/objects/" + id));
        assertThat(create(shop, Map.of("metadata", Map.of("sku", "A-1"))).status())
                .isEqualTo(200);
        assertThat(shop.objects()).isEqualTo(2);
    }

    @Test
    void anUpdateCannotTakeAnothersKey() {
        Workspace shop = keyed(null);
        create(shop, Map.of("metadata", Map.of("sku", "A-1")));
        String second = create(shop, Map.of("metadata", Map.of("sku", "B-2"))).at("/object_id");

        Answer refused = shop.client().put(shop.path("/objects/" + second), Map.of("metadata", Map.of("sku", "A-1")));
        Answer moved = shop.client().put(shop.path("/objects/" + second), Map.of("metadata", Map.of("sku", "C-3")));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(moved.status()).as(moved.text()).isEqualTo(200);
        assertThat(create(shop, Map.of("metadata", Map.of("sku", "B-2"))).status())
                .isEqualTo(200);
        assertThat(create(shop, Map.of("metadata", Map.of("sku", "C-3"))).status())
                .isEqualTo(409);
    }

    @Race
    void manyChangesAtOnceAreAllOrderly() throws Exception {
        Workspace shop = keyed(null);
        create(shop, Map.of("metadata", Map.of("sku", "A-1")));

        List<Integer> statuses = atOnce(
                6,
                i -> create(shop, "update", Map.of("metadata", Map.of("sku", "A-1", "n" + i, i)))
                        .status());

        assertThat(statuses).containsOnly(200);
        JsonNode metadata =
                shop.client().post(shop.path("/objects/list")).json().at("/results/0/metadata");
        assertThat(metadata).hasSize(7);
    }

    private static Workspace keyed(String policy) {
        Workspace shop = Workspace.create(SERVICE.client());
        Map<String, Object> key = new HashMap<>(Map.of("fields", List.of("sku")));
        if (policy != null) {
            key.put("default_policy", policy);
        }
        String name = "keyed-" + System.nanoTime();
        Answer bucket = shop.client()
                .post(
                        "/v1/buckets",
                        Map.of(
                                "bucket_name",
                                name,
                                "bucket_schema",
                                Map.of(
                                        "properties",
                                        Map.of(
                                                "sku",
                                                Map.of("type", "string"),
                                                "product_text",
                                                Map.of("type", "text"))),
                                "unique_key",
                                key));
        assertThat(bucket.status()).as(bucket.text()).isEqualTo(200);
        return shop.in(bucket.at("/bucket_id"));
    }

    private static <T> List<T> atOnce(int times, java.util.function.IntFunction<T> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = IntStream.range(0, times)
                    .mapToObj(i -> threads.submit(() -> work.apply(i)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    private static Answer create(Workspace shop, Object body) {
        return shop.client().post(shop.path("/objects"), body);
    }

    private static Answer create(Workspace shop, String policy, Object body) {
        return shop.client().post(shop.path("/objects?policy=" + policy), body);
    }

    private static Map<String, Object> blob(String property, String type, String how, Object content) {
        Map<String, Object> blob = new LinkedHashMap<>();
        blob.put("property", property);
        blob.put("type", type);
        blob.put(how, content);
        return blob;
    }
}
