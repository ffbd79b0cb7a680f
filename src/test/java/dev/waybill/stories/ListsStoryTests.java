package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Paging and filters, which work the same in every list of the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListsStoryTests {

    /** Lists without paging: one folder of foreign storage, and a constant. */
    private static final Set<String> WHOLE = Set.of(
            "/v1/organizations/connections/{connection_identifier}/files",
            "/v1/organizations/connections/{connection_identifier}/folders",
            "/v1/organizations/webhooks/event-types");

    private final ServiceUnderTest service = ServiceUnderTest.shared();
    private final Map<String, String> ids = new HashMap<>();
    private WaybillClient client;
    private List<ApiOperation> lists;

    @BeforeAll
    void found() {
        Tenant tenant = Tenant.found(service.client());
        client = tenant.client().withNamespace(tenant.namespace());
        lists = ApiOperation.all(service.anonymous()).stream()
                .filter(operation -> operation.query().containsKey("cursor"))
                .toList();
        lists.stream()
                .flatMap(list -> list.pathParameters().stream())
                .forEach(name -> ids.put(name, tenant.identifiers().get(name).getFirst()));
    }

    @Test
    void everyOperationThatListsHasPages() {
        Set<String> without = new TreeSet<>();
        ApiOperation.all(service.anonymous()).stream()
                .filter(operation -> isList(operation) && !operation.query().containsKey("cursor"))
                .forEach(operation -> without.add(operation.template()));

        assertThat(without).isEqualTo(new TreeSet<>(WHOLE));
        assertThat(lists).hasSizeGreaterThan(20);
    }

    private boolean isList(ApiOperation operation) {
        return operation.template().endsWith("/list")
                || operation.query().containsKey("limit")
                || operation.method().equals("GET")
                        && !operation.template().endsWith("}")
                        && operation.template().matches(".*/[a-z-]*s$")
                        && !Set.of("/v1/organizations", "/v1/health/liveness").contains(operation.template())
                        && !operation.template().matches(".*/(logs|capabilities)$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page=0",
                "page=-1",
                "page=x",
                "page=99999999999999999999",
                "page=10002",
                "page_size=0",
                "page_size=1001",
                "limit=0",
                "limit=1.5",
                "limit=ten",
                "offset=-1",
                "offset=10001",
                "skip=-1",
                "offset=1&skip=2",
                "limit=1&page_size=2",
                "page=3&offset=5",
                "page=1000&page_size=1000",
                "cursor=abc&offset=5",
                "cursor=abc&page=2",
                "include_total=perhaps",
            })
    void aPagingThatCannotBeIsRefusedInEveryList(String query) {
        everywhere(list -> client.send(list.method(), list.path(ids) + "?" + query, null), 422);
    }

    @Test
    void aPageBeyondTheEndIsEmptyInEveryList() {
        for (ApiOperation list : lists) {
            Answer answer = client.send(list.method(), list.path(ids) + "?page=100&page_size=50", null);
            assertThat(answer.status()).as(list + answer.text()).isEqualTo(200);
            assertThat(rows(answer)).as(list + answer.text()).isEmpty();
            assertThat(answer.at("/pagination/has_more")).as(list.toString()).isEqualTo("false");
            assertThat(answer.json().path("pagination").propertyNames())
                    .as(list.toString())
                    .contains("page", "page_size")
                    .doesNotContain("next_page", "next_cursor");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"_=123&utm_source=x", "limit=5&offset=0", "cursor=", "skip=0&page=1"})
    void whatSaysNothingDoesNoHarm(String query) {
        everywhere(list -> client.send(list.method(), list.path(ids) + "?" + query, null), 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"page_size\": 1, \"include_total\": true}",
                "{\"limit\": 1, \"offset\": 0, \"include_total\": true}",
                "{\"limit\": 1, \"skip\": 0, \"include_total\": true}"
            })
    void aBodySaysTheSameAsAQueryStringInEveryListThatTakesOne(String body) {
        for (ApiOperation list : lists) {
            if (list.method().equals("POST")) {
                Answer answer = client.post(list.path(ids), body);
                assertThat(answer.status()).as(list + answer.text()).isEqualTo(200);
                assertThat(answer.at("/pagination/page_size"))
                        .as(list.toString())
                        .isEqualTo("1");
                assertThat(answer.json().path("pagination").propertyNames())
                        .as(list.toString())
                        .contains("total", "total_pages");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            limit=3   | {"limit": 4}
            page=2    | {"page": 3}
            offset=7  | {"cursor": "abc"}
            """)
    void aQueryAndABodyThatContradictEachOtherAre400(String query, String body) {
        for (ApiOperation list : lists) {
            if (list.method().equals("POST")) {
                Answer answer = client.post(list.path(ids) + "?" + query, body);
                assertThat(answer.status()).as(list + answer.text()).isEqualTo(400);
                assertThat(answer.text()).contains(query.split("=", 2)[0], "in the query string", "in the body");
            }
        }
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        Answer uploads = client.post("/v1/buckets/" + ids.get("bucket_identifier") + "/uploads/list?limit=1");
        String foreign = uploads.at("/pagination/next_cursor");
        assertThat(foreign).isNotEmpty();
        for (ApiOperation list : lists) {
            if (!list.template().endsWith("/uploads/list")) {
                Answer answer = client.send(list.method(), list.path(ids) + "?cursor=" + foreign, null);
                assertThat(answer.status()).as(list + answer.text()).isEqualTo(400);
                assertThat(answer.at("/error/details/code")).isEqualTo("invalid_cursor");
            }
        }
    }

    @Test
    void everyWayOfPagingEndsAndSeesEachRowOnce() {
        String bucket = "/v1/buckets/" + ids.get("bucket_identifier") + "/uploads";
        for (int i = 0; i < 5; i++) {
            client.post(bucket, Map.of("filename", "more-%d.jpg".formatted(i), "content_type", "image/jpeg"));
        }
        for (String path : List.of(bucket + "/list", "/v1/organizations/users", "/v1/tasks", "/v1/tasks/list")) {
            String method = path.endsWith("/list") ? "POST" : "GET";
            JsonNode all =
                    client.send(method, path + "?limit=1000", null).json().path("results");
            Set<JsonNode> expected = new LinkedHashSet<>();
            all.forEach(expected::add);
            assertThat(expected).hasSizeGreaterThan(1);

            assertThat(walked(path, method, (last, seen) -> last.at("/pagination/next_page")))
                    .isEqualTo(List.copyOf(expected));
            assertThat(walked(path, method, (last, seen) -> {
                        String cursor = last.at("/pagination/next_cursor");
                        return cursor.isEmpty() ? "" : path + "?limit=2&cursor=" + cursor;
                    }))
                    .isEqualTo(List.copyOf(expected));
            assertThat(walked(
                            path,
                            method,
                            (last, seen) -> last.at("/pagination/has_more").equals("true")
                                    ? path + "?page_size=2&page=" + (seen / 2 + 1)
                                    : ""))
                    .isEqualTo(List.copyOf(expected));
            assertThat(walked(
                            path, method, (last, seen) -> rows(last).isEmpty() ? "" : path + "?limit=2&offset=" + seen))
                    .isEqualTo(List.copyOf(expected));
        }
    }

    /** @param next the next page's path, of the last answer and how many rows were seen; empty at the end */
    private List<JsonNode> walked(String path, String method, BiFunction<Answer, Integer, String> next) {
        List<JsonNode> seen = new ArrayList<>();
        String target = path + "?limit=2";
        while (!target.isEmpty() && seen.size() < 1000) {
            Answer answer = client.send(method, target, null);
            assertThat(answer.status()).as(target + answer.text()).isEqualTo(200);
            rows(answer).forEach(seen::add);
            target = next.apply(answer, seen.size());
        }
        return seen;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v1/tasks?status=FAILED                          | 200
            /v1/tasks?status=nonsense                        | 422
            /v1/tasks?search=no-such-task-anywhere           | 200
            /v1/namespaces?search=no-such-namespace          | 200
            /v1/organizations/webhooks?is_active=false       | 200
            /v1/organizations/connections?status=SUSPENDED   | 200
            /v1/organizations/users?role=viewer&status=      | 200
            /v1/organizations/users?role=king                | 422
            """)
    void listsByGetFilter(String path, int status) {
        Answer answer = client.get(path);

        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(rows(answer)).as(answer.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filters=%7B%7D", "filters[status]=FAILED", "filters.status=FAILED", "sort=created_at"})
    void whatOnlyABodyCanHoldIsRefusedInAQueryString(String query) {
        for (String path : List.of("/v1/tasks", "/v1/namespaces")) {
            Answer answer = client.get(path + "?" + query.replace("[", "%5B").replace("]", "%5D"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.text()).contains("POST " + path + "/list");
        }
    }

    @Test
    void aListByPostTakesItsFiltersFromTheQueryStringToo() {
        assertThat(rows(client.post("/v1/tasks/list?status=FAILED", "{}"))).isEmpty();
        assertThat(rows(client.post("/v1/tasks/list?status=COMPLETED"))).isNotEmpty();
        Answer contradicting = client.post("/v1/tasks/list?status=FAILED", Map.of("status", "COMPLETED"));
        assertThat(contradicting.status()).isEqualTo(400);
        assertThat(contradicting.text()).contains("status=FAILED", "status=COMPLETED");
        String objects = "/v1/buckets/" + ids.get("bucket_identifier") + "/objects/list";
        for (Answer answer : List.of(
                client.post(objects + "?return_url=true", Map.of("return_presigned_urls", false)),
                client.post(objects, Map.of("return_url", true)),
                client.post(objects + "?return_presigned_urls=true"))) {
            assertThat(answer.text()).as(answer.text()).contains("X-Amz-Signature");
        }
    }

    private void everywhere(Function<ApiOperation, Answer> request, int status) {
        for (ApiOperation list : lists) {
            Answer answer = request.apply(list);
            assertThat(answer.status()).as(list + answer.text()).isEqualTo(status);
        }
    }

    private static List<JsonNode> rows(Answer answer) {
        List<JsonNode> rows = new ArrayList<>();
        JsonNode found = answer.json().path("results");
        (found.isMissingNode() ? answer.json().path("failed_documents") : found).forEach(rows::add);
        return rows;
    }
}
