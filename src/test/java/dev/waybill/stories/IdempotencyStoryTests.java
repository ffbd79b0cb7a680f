package dev.waybill.stories;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Race;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.data.mongodb.core.MongoOperations;

/** Repeats of a request under an idempotency key get the stored answer: it is executed once. */
class IdempotencyStoryTests {

    private static final ServiceUnderTest SERVICE = ServiceUnderTest.shared();
    private static final String KEY = "Idempotency-Key";
    private static final String REPLAYED = "Idempotency-Replayed";

    private final Workspace workspace = Workspace.create(SERVICE.client());
    private final String key = UUID.randomUUID().toString();
    private final WaybillClient client = workspace.client().with(KEY, key);

    @Test
    void theSameRequestIsAnsweredAsTheFirstTime() {
        String path = workspace.path("/uploads");
        Map<String, String> body = Map.of("filename", "photo.jpg", "content_type", "image/jpeg");

        Answer first = client.post(path, body);
        Answer second = client.post(path, body);

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(first.header(REPLAYED)).isEmpty();
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.header(REPLAYED)).isEqualTo("true");
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.header("Content-Type")).isEqualTo(first.header("Content-Type"));
        assertThat(second.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        assertThat(second.header("X-RateLimit-Remaining")).isNotEqualTo(first.header("X-RateLimit-Remaining"));
        assertThat(uploads()).isEqualTo(1);
        assertThat(workspace.client().with(KEY, key + "x").post(path, body).header(REPLAYED))
                .isEmpty();
        assertThat(uploads()).isEqualTo(2);
    }

    @Test
    void theSameRequestMayBeWrittenInAnotherWay() {
        String path = workspace.path("/uploads");

        Answer first = client.post(
                path, "{\"filename\":\"a.jpg\",\"content_type\":\"image/jpeg\",\"metadata\":{\"x\":1,\"y\":[1,2]}}");
        Answer second = client.post(
                path,
                "{ \"metadata\": { \"y\": [1, 2], \"x\": 1 },\n\"content_type\": \"image/jpeg\", \"filename\": \"a.jpg\" }\n");
        Answer other = client.post(
                path, "{\"filename\":\"a.jpg\",\"content_type\":\"image/jpeg\",\"metadata\":{\"x\":1,\"y\":[2,1]}}");

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(other.status()).isEqualTo(422);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefused() {
        Map<String, String> body = Map.of("filename", "photo.jpg", "content_type", "image/jpeg");
        client.post(workspace.path("/uploads"), body);

        for (Answer refused : List.of(
                client.post(workspace.path("/uploads"), Map.of("filename", "b.jpg", "content_type", "image/jpeg")),
                client.post(workspace.path("/uploads?x=1"), body),
                client.post(workspace.path("/objects"), body))) {
            assertThat(refused.status()).as(refused.text()).isEqualTo(422);
            assertThat(refused.at("/error/type")).isEqualTo("ValidationError");
            assertThat(refused.at("/detail/0/loc/0")).isEqualTo("header");
            assertThat(refused.at("/detail/0/loc/1")).isEqualTo(KEY);
        }
        assertThat(uploads()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", ""})
    void aKeyThatIsNoneIsRefusedWhereItCounts(String strange) {
        WaybillClient wrong = workspace.client().with(KEY, strange);

        Answer refused = wrong.post(workspace.path("/uploads"), Map.of());
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.at("/error/message")).contains(KEY);
        assertThat(wrong.post(workspace.path("/uploads/list")).status()).isEqualTo(200);
        assertThat(wrong.get("/v1/buckets/" + workspace.bucket()).status()).isEqualTo(200);
    }

    @Test
    void aRefusedRequestMayBeMendedUnderTheSameKey() {
        Answer refused = client.post(workspace.path("/uploads"), Map.of("filename", "a/b.jpg"));
        assertThat(refused.status()).isEqualTo(422);

        Answer made =
                client.post(workspace.path("/uploads"), Map.of("filename", "b.jpg", "content_type", "image/jpeg"));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.header(REPLAYED)).isEmpty();
    }

    @Test
    void listsTakeNoNoticeOfAKey() {
        assertThat(client.post(workspace.path("/uploads/list"))
                        .json()
                        .at("/results")
                        .size())
                .isZero();
        workspace.askForJpeg();
        Answer later = client.post(workspace.path("/uploads/list"));
        assertThat(later.json().at("/results").size()).isEqualTo(1);
        assertThat(later.header(REPLAYED)).isEmpty();
    }

    @Test
    void whileTheFirstRequestRunsTheSecondGets409WithRetryAfter() {
        Map<String, String> body = Map.of("filename", "photo.jpg", "content_type", "image/jpeg");
        Answer first = client.post(workspace.path("/uploads"), body);
        change(new Document("$unset", new Document("answer", "").append("status", ""))
                .append("$set", new Document("lease_until", Date.from(Instant.parse("2100-01-01T00:00:00Z")))));

        Answer conflict = client.post(workspace.path("/uploads"), body);

        assertThat(conflict.status()).as(conflict.text()).isEqualTo(409);
        assertThat(conflict.at("/error/type")).isEqualTo("ConflictError");
        assertThat(conflict.header("Retry-After")).isEqualTo("1");
        assertThat(uploads()).isEqualTo(1);

        // It died: the same upload comes out again.
        change(new Document("$set", new Document("lease_until", Date.from(Instant.EPOCH))));
        Answer again = client.post(workspace.path("/uploads"), body);
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.header(REPLAYED)).isEmpty();
        assertThat(again.at("/upload_id")).isEqualTo(first.at("/upload_id"));
        assertThat(uploads()).isEqualTo(1);
    }

    @Test
    void aDayLaterTheKeyMeansSomethingNew() {
        Map<String, String> body = Map.of("filename", "photo.jpg", "content_type", "image/jpeg");
        Answer first = client.post(workspace.path("/uploads"), body);
        change(new Document("$set", new Document("expires_at", Date.from(Instant.EPOCH))));

        Answer later = client.post(workspace.path("/uploads"), body);

        assertThat(later.header(REPLAYED)).isEmpty();
        assertThat(later.at("/upload_id")).isNotEqualTo(first.at("/upload_id"));
    }

    @Test
    void tenantsAndKeysDoNotMeet() {
        Tenant one = Tenant.found(SERVICE.client());
        Tenant other = Tenant.found(SERVICE.client());
        String path = "/v1/organizations/users/admin-%s@example.com/api-keys";
        String second = one.client()
                .post(path.formatted(one.mark()), Map.of("name", "second", "permissions", List.of("write")))
                .at("/key");
        Map<String, Object> body = Map.of(
                "bucket_name",
                "same",
                "bucket_schema",
                Map.of("properties", Map.of("hero_image", Map.of("type", "image"))));

        Answer ones = one.client().withNamespace(one.namespace()).with(KEY, key).post("/v1/buckets", body);
        Answer others =
                other.client().withNamespace(other.namespace()).with(KEY, key).post("/v1/buckets", body);
        Answer seconds = one.client()
                .withKey(second)
                .withNamespace(one.namespace())
                .with(KEY, key)
                .post("/v1/buckets", body);

        assertThat(ones.status()).as(ones.text()).isEqualTo(200);
        assertThat(others.status()).as(others.text()).isEqualTo(200);
        assertThat(others.header(REPLAYED)).isEmpty();
        assertThat(others.at("/bucket_id")).isNotEqualTo(ones.at("/bucket_id"));
        assertThat(seconds.status()).as("another key, another request").isEqualTo(409);
        assertThat(seconds.at("/error/type")).isEqualTo("AlreadyExistsError");
    }

    @Test
    void aStoredAnswerIsOnlyGivenWithPermissionForTheRequest() {
        Tenant tenant = Tenant.found(SERVICE.client());
        String keys = "/v1/organizations/users/admin-%s@example.com/api-keys".formatted(tenant.mark());
        String secret = tenant.client()
                .post(keys, Map.of("name", "writer", "permissions", List.of("read", "write")))
                .at("/key");
        WaybillClient writer = tenant.client().withKey(secret).with(KEY, key);
        Map<String, Object> body = Map.of(
                "namespace_name",
                "mine-" + tenant.mark(),
                "feature_extractors",
                List.of(Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1")));
        assertThat(writer.post("/v1/namespaces", body).status()).isEqualTo(200);
        assertThat(tenant.client()
                        .patch(keys + "/writer", Map.of("permissions", List.of("read")))
                        .status())
                .isEqualTo(200);

        assertThat(writer.post("/v1/namespaces", body).status()).isEqualTo(403);
    }

    @Test
    void aNewApiKeyIsShownAgainAndCannotBeReadInTheDatabase() {
        Tenant tenant = Tenant.found(SERVICE.client());
        String keys = "/v1/organizations/users/admin-%s@example.com/api-keys".formatted(tenant.mark());
        WaybillClient admin = tenant.client().with(KEY, key);

        Answer first = admin.post(keys, Map.of("name", "ingest-" + tenant.mark()));
        Answer again = admin.post(keys, Map.of("name", "ingest-" + tenant.mark()));

        assertThat(first.status()).as(first.text()).isEqualTo(200);
        assertThat(again.header(REPLAYED)).isEqualTo("true");
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(tenant.client()
                        .withKey(first.at("/key"))
                        .get("/v1/organizations")
                        .status())
                .isEqualTo(200);
        String stored = stored();
        assertThat(stored).isNotEmpty();
        assertThat(stored)
                .doesNotContain(first.at("/key"))
                .doesNotContain(key)
                .doesNotContain(tenant.mark())
                .doesNotContain("ingest");
    }

    @Race
    void fiftyEqualRequestsAtOnceMakeOneThingOnTwoInstances() throws Exception {
        ServiceUnderTest one = ServiceUnderTest.shared();
        try (ServiceUnderTest other = one.another(Map.of())) {
            Workspace here = Workspace.create(one.client()).through(one.client());
            List<WaybillClient> clients = List.of(
                    here.client().with(KEY, key),
                    here.through(other.client()).client().with(KEY, key));
            Map<String, Object> body =
                    Map.of("blobs", List.of(Map.of("property", "product_text", "type", "text", "data", "a text")));
            List<Future<String>> requests = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 50; i++) {
                    WaybillClient mine = clients.get(i % 2);
                    requests.add(threads.submit(() -> untilDone(mine, here.path("/objects"), body)));
                }
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> one50th : requests) {
                answers.add(one50th.get());
            }
            assertThat(answers).hasSize(50).containsOnly(answers.getFirst());
            assertThat(answers.getFirst()).contains("\"object_id\"");
            assertThat(here.objects()).isEqualTo(1);
        }
    }

    /** As a client does that heeds Retry-After. */
    private static String untilDone(WaybillClient client, String path, Object body) {
        for (int attempt = 0; attempt < 30; attempt++) {
            Answer answer = client.post(path, body);
            if (answer.status() == 200) {
                return answer.text();
            }
            assertThat(answer.status()).as(answer.text()).isEqualTo(409);
            assertThat(answer.header("Retry-After")).isNotEmpty();
        }
        throw new AssertionError("the first request never ended");
    }

    private int uploads() {
        return workspace
                .client()
                .post(workspace.path("/uploads/list"))
                .json()
                .at("/results")
                .size();
    }

    /** Updates the stored execution of the newest request. */
    private static void change(Document update) {
        var executions = SERVICE.bean(MongoOperations.class).getCollection("idempotency_keys");
        Document newest = executions
                .find()
                .sort(new Document("begun_at", -1).append("_id", 1))
                .first();
        assertThat(newest).isNotNull();
        executions.updateOne(new Document("_id", newest.get("_id")), update);
    }

    private static String stored() {
        StringBuilder all = new StringBuilder();
        for (Document document : SERVICE.bean(MongoOperations.class)
                .getCollection("idempotency_keys")
                .find()) {
            document.forEach((field, value) -> all.append(field)
                    .append('=')
                    .append(value instanceof Binary bytes ? new String(bytes.getData(), ISO_8859_1) : value)
                    .append('\n'));
        }
        return all.toString();
    }
}
