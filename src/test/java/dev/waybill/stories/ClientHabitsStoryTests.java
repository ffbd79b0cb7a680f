package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.SampleFiles;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients that are about send, in their own spellings, and what becomes of it. */
class ClientHabitsStoryTests extends ObjectStory {

    private static final String INSTANT = "2024-06-02T00:00:00Z";

    private static Workspace shop() {
        return Workspace.create(
                SERVICE.client(),
                Map.of(
                        "hero_image", Map.of("type", "image"),
                        "words", Map.of("type", "text"),
                        "taken", Map.of("type", "datetime"),
                        "count", Map.of("type", "integer")));
    }

    private static Answer made(Workspace shop, Map<String, ?> metadata) {
        Answer made = create(shop, Map.of("metadata", metadata));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return made;
    }

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
    void whatCannotBeKeptOrFoundIsRefused(String body) {
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
    void aSingleBlobIsTaken() {
        Workspace shop = shop();
        String url = serve("/single.jpg", SampleFiles.jpeg());

        Answer whole = create(shop, Map.of("blob", blob("hero_image", "image", "data", url)));
        assertThat(whole.at("/blobs/0/details/filename")).as(whole.text()).isEqualTo("single.jpg");
        Answer bare = create(shop, Map.of("blob", Map.of("property", "hero_image", "url", url)));
        assertThat(bare.at("/blobs/0/type")).as(bare.text()).isEqualTo("image");
        assertThat(create(shop, Map.of("blob", Map.of("type", "image", "url", url)))
                        .status())
                .isEqualTo(200);
        Answer both = create(
                shop,
                Map.of(
                        "blob",
                        blob("hero_image", "image", "url", url),
                        "blobs",
                        List.of(blob("words", "text", "content", "x"))));
        assertThat(both.status()).isEqualTo(422);
    }

    @Test
    void urlsStandInPropertiesToo() throws Exception {
        Workspace shop = shop();
        byte[] photo = SampleFiles.jpeg();
        String url = serve("/kept.jpg", photo);
        String stored =
                create(shop, Map.of("blobs", List.of(link("hero_image", url)))).at("/object_id");

        for (String query : List.of("?return_presigned_urls=true", "?return_url=true")) {
            Answer answer = shop.client().get(shop.path("/objects/" + stored) + query);
            String signed = answer.at("/blobs/0/properties/presigned_url");
            assertThat(signed).startsWith("http").isEqualTo(answer.at("/blobs/0/presigned_url"));
            assertThat(Workspace.get(signed).body()).isEqualTo(photo);
        }
        assertThat(shop.object(stored).json().at("/blobs/0/properties")).isEmpty();

        Answer reference =
                create(shop, Map.of("canonicalize_source", false, "blobs", List.of(link("hero_image", url))));
        assertThat(reference.at("/blobs/0/properties/url")).isEqualTo(url);
        assertThat(reference.at("/blobs/0/url")).isEqualTo(url);
    }

    @Test
    void aFileMayStandInJson() {
        Workspace shop = shop();
        String base64 = Base64.getEncoder().encodeToString(SampleFiles.jpeg());

        Answer made = create(
                shop,
                Map.of(
                        "blobs",
                        List.of(blob(
                                "hero_image",
                                "image",
                                "data",
                                Map.of("base64", base64, "mime_type", "image/jpeg", "filename", "b.jpg")))));
        assertThat(made.at("/blobs/0/details/filename")).as(made.text()).isEqualTo("b.jpg");
        assertThat(made.at("/blobs/0/details/mime_type")).isEqualTo("image/jpeg");
        for (Map<String, ?> wrong : List.of(
                Map.of("base64", "%%%"),
                Map.of("base64", 7),
                Map.of("mime_type", "image/png"),
                Map.of("base64", base64, "filename", "a/b.jpg"))) {
            assertThat(create(shop, Map.of("blobs", List.of(blob("hero_image", "image", "data", wrong))))
                            .status())
                    .as(wrong.toString())
                    .isBetween(400, 422);
        }
    }

    @Test
    void urlsAreWrittenAsPeopleReadThem() {
        Workspace shop = shop();
        serve("/写真_é.jpg", SampleFiles.jpeg());

        Answer made = create(shop, Map.of("blobs", List.of(link("hero_image", base() + "/写真_é.jpg"))));

        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.at("/blobs/0/details/filename")).isEqualTo("写真_é.jpg");
        assertThat(fetched).containsKey("/写真_é.jpg");
    }

    @ParameterizedTest
    @ValueSource(ints = {218, 219, 240, 251})
    void longNamesCanBeStored(int length) {
        Workspace shop = shop();
        String name = "n".repeat(length) + ".jpg";

        Answer upload = shop.ask(Map.of("filename", name, "content_type", "image/jpeg"));
        assertThat(Workspace.put(upload.json(), SampleFiles.jpeg()).statusCode())
                .isEqualTo(200);
        Answer confirmed = shop.confirm(upload.at("/upload_id"));

        assertThat(confirmed.at("/status")).as(confirmed.text()).isEqualTo("COMPLETED");
        assertThat(shop.upload(upload.at("/upload_id")).at("/filename")).isEqualTo(name);
    }

    @Test
    void requiredHeadersAreWhatBrowsersMaySet() {
        Workspace shop = shop();

        Answer upload = shop.ask(Map.of("filename", "a.jpg", "content_type", "image/jpeg", "file_size_bytes", 9));

        assertThat(upload.json().at("/required_headers").propertyNames()).containsExactly("Content-Type");
        assertThat(upload.json().at("/signed_content_length").asInt()).isEqualTo(9);
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

    @Test
    void aBatchsTaskTellsWhatItIsAbout() {
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
