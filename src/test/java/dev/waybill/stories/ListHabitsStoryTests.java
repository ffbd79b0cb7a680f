package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How existing clients page, search and filter, in their own spellings. */
class ListHabitsStoryTests extends HabitsStory {

    private static final String INSTANT = "2024-06-02T00:00:00Z";

    private static Answer list(Workspace shop, String query, Object body) {
        Answer list = shop.client().post(shop.path("/objects/list") + query, body);
        assertThat(list.status()).as(list.text()).isEqualTo(200);
        return list;
    }

    private static List<String> ids(Answer list) {
        List<String> ids = new ArrayList<>();
        list.json().path("results").forEach(one -> ids.add(one.path("object_id").asString()));
        return ids;
    }

    @Test
    void listsEndForClientsThatPageInTheBody() {
        Workspace shop = shop();
        Set<String> all = new TreeSet<>();
        for (int i = 0; i < 5; i++) {
            all.add(made(shop, Map.of("n", i)).at("/object_id"));
        }

        Set<String> byCursor = new TreeSet<>();
        Map<String, Object> body = new HashMap<>(Map.of("page_size", 2));
        for (int page = 0; page < 3; page++) {
            Answer list = list(shop, page == 1 ? "?offset=0" : "", body);
            byCursor.addAll(ids(list));
            assertThat(list.json().at("/pagination").has("next_cursor")).isEqualTo(page < 2);
            body.put("cursor", list.at("/pagination/next_cursor"));
        }
        assertThat(byCursor).isEqualTo(all);

        List<String> first = ids(list(shop, "?page=1&page_size=2", Map.of()));
        List<String> second = ids(list(shop, "?page=2&page_size=2", Map.of()));
        assertThat(first).hasSize(2).doesNotContainAnyElementsOf(second);
        assertThat(ids(list(shop, "", Map.of("page", 2, "limit", 2)))).isEqualTo(second);
        assertThat(ids(list(shop, "", Map.of("offset", 2, "limit", 2)))).isEqualTo(second);
        assertThat(ids(list(shop, "?limit=2", Map.of("limit", 20, "page", 2)))).isEqualTo(second);
        assertThat(list(shop, "?page=2&page_size=2", Map.of())
                        .json()
                        .at("/pagination/page")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ?limit=2&page_size=3    | {}                               | page_size
            ?limit=2&limit=3        | {}                               | limit
            ?page=0                 | {}                               | page
            ?page_size=x            | {}                               | page_size
            ?page=2&offset=1        | {}                               | page
            ?page=900&page_size=900 | {}                               | page
                                    | {"limit": 2, "page_size": 3}     | page_size
                                    | {"page": 0}                      | page
                                    | {"page_size": "2"}               | page_size
                                    | {"page_size": 1001}              | page_size
                                    | {"cursor": "x", "offset": 7}     | offset
                                    | {"cursor": 7}                    | cursor
            """)
    void pagingThatContradictsItselfIsNamed(String query, String body, String field) {
        Workspace shop = shop();

        Answer refused = shop.client().post(shop.path("/objects/list") + (query == null ? "" : query), body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.text()).contains("\"" + field + "\"");
    }

    private static void assertPages(WaybillClient client, String path) {
        Answer one = client.post(path, Map.of("page_size", 1));
        assertThat(one.status()).as(path + one.text()).isEqualTo(200);
        Answer next = client.post(path + "?page=2", Map.of("page_size", 1));
        if (one.json().path("results").size() == 1
                && next.json().path("results").size() == 1) {
            assertThat(next.json().at("/results/0"))
                    .as(path)
                    .isNotEqualTo(one.json().at("/results/0"));
        }
    }

    @Test
    void everyListHasPages() {
        Workspace shop = shop();
        shop.askForJpeg();
        shop.askForJpeg();
        String object = made(shop, Map.of("n", 1)).at("/object_id");
        for (int i = 0; i < 2; i++) {
            shop.client().post(shop.path("/batches"), Map.of("object_ids", List.of(object)));
        }

        for (String path : List.of(
                shop.path("/uploads/list"),
                shop.path("/batches/list"),
                shop.path("/syncs/list"),
                "/v1/buckets/list",
                "/v1/namespaces/list",
                "/v1/tasks/list",
                "/v1/organizations/webhooks/list",
                "/v1/organizations/connections/list",
                "/v1/collections/list",
                "/v1/organizations/projects/list")) {
            // Neighbours fill some of the lists as well, and move what stands there to the next page.
            await().untilAsserted(() -> assertPages(shop.client(), path));
            assertThat(shop.client().post(path, Map.of("page_size", 0)).status())
                    .as(path)
                    .isEqualTo(422);
        }
        assertThat(shop.client()
                        .post(shop.path("/batches/list"), Map.of("page_size", 1))
                        .json()
                        .at("/results"))
                .hasSize(1);
        assertThat(shop.client()
                        .post(shop.path("/uploads/list?page=2"), Map.of("page_size", 1))
                        .json()
                        .at("/results"))
                .hasSize(1);
    }

    @Test
    void wordsOfMetadataAreFound() {
        Workspace shop = shop();
        String id = made(shop, Map.of("note", "Blue Lighthouse", "deep", Map.of("list", List.of("Kelp", 4711))))
                .at("/object_id");
        made(shop, Map.of("note", "something else"));

        for (String search : List.of("lighthouse", "ligh", "kelp", "4711", "blue kelp")) {
            assertThat(ids(list(shop, "", Map.of("search", search)))).as(search).containsExactly(id);
        }
        assertThat(ids(list(shop, "", Map.of("search", "note")))).isEmpty();
        shop.client().patch(shop.path("/objects/" + id), Map.of("metadata", Map.of("note", "Harbour")));
        assertThat(ids(list(shop, "", Map.of("search", "harbour")))).containsExactly(id);
        assertThat(ids(list(shop, "", Map.of("search", "lighthouse")))).isEmpty();
    }

    @Test
    void instantsAreComparedAndTextsComeBack() {
        Workspace shop = shop();
        String west = "2024-06-01T23:30:00-05:00";
        String east = "2024-06-02T01:00:00+09:00";
        String late = made(shop, Map.of("taken", west)).at("/object_id");
        String early = made(shop, Map.of("taken", east)).at("/object_id");

        Answer since = list(shop, "", filter("taken", "gte", INSTANT));
        assertThat(ids(since)).containsExactly(late);
        assertThat(since.at("/results/0/metadata/taken")).isEqualTo(west);
        assertThat(ids(list(shop, "", filter("metadata.taken", "lt", INSTANT)))).containsExactly(early);
        for (String same : List.of("2024-06-01T16:00:00Z", "2024-06-01T16:00:00+00:00", "2024-06-01T16:00:00.000Z")) {
            assertThat(ids(list(shop, "", filter("taken", "eq", same))))
                    .as(same)
                    .containsExactly(early);
            assertThat(ids(list(shop, "", filter("taken", "ne", same))))
                    .as(same)
                    .containsExactly(late);
            assertThat(ids(list(shop, "", filter("taken", "in", List.of(same)))))
                    .as(same)
                    .containsExactly(early);
        }
        assertThat(ids(list(shop, "", filter("taken", "eq", "2024-06-01T16:00:00.000001Z"))))
                .isEmpty();
        Map<String, Object> sorted = Map.of("sort", Map.of("field", "taken", "direction", "asc"), "limit", 1);
        Answer first = list(shop, "", sorted);
        assertThat(ids(first)).containsExactly(early);
        Map<String, Object> next = new HashMap<>(sorted);
        next.put("cursor", first.at("/pagination/next_cursor"));
        assertThat(ids(list(shop, "", next))).containsExactly(late);
    }

    private static Map<String, Object> filter(String field, String operator, Object value) {
        return Map.of("filters", Map.of("AND", List.of(Map.of("field", field, "operator", operator, "value", value))));
    }
}
