package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.ScriptedSource;
import dev.waybill.testing.Answer;
import dev.waybill.testing.ApiOperation;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.data.mongodb.core.MongoOperations;
import tools.jackson.databind.JsonNode;

/**
 * Every POST of the API that changes something, sent again: answered as before; and, when the service had died before
 * it stored the answer, executed again without creating anything twice.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepeatedCreationStoryTests {

    private static final Pattern IDS =
            Pattern.compile("\"(?:[a-z]+_[0-9A-Za-z]{16,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\"");

    /** What must not become more by a request that is run again; counters, locks and the like come and go. */
    private static final Set<String> PASSING = Set.of("idempotency_keys", "locks", "object_walks");

    /** The service's own tasks come and go too. */
    private static final Document TENANTS = new Document("organization_id", new Document("$ne", "org_-service-"));

    /** More than the other tests here make. */
    private static final int WEBHOOKS = 20;

    private ServiceUnderTest service;
    private WaybillClient operator;
    private Workspace shop;

    @BeforeAll
    void start() {
        // No tasks run, so counts do not change.
        service = ServiceUnderTest.shared(Map.of(
                "waybill.tasks.workers-enabled",
                "false",
                "waybill.webhooks.max-per-organization",
                String.valueOf(WEBHOOKS)));
        operator = service.client();
        shop = Workspace.create(operator);
    }

    Stream<ApiOperation> changing() {
        return ApiOperation.all(service.anonymous()).stream()
                .filter(operation -> operation.method().equals("POST"))
                .filter(operation -> !operation.reads() && !operation.template().endsWith("/aggregate"));
    }

    @Test
    void theHeaderIsDocumentedExactlyWhereItIsHeeded() {
        JsonNode document = service.anonymous().get("/openapi.json").json();
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    for (JsonNode parameter : operation.path("parameters")) {
                        if (parameter.path("name").asString("").equals("Idempotency-Key")) {
                            documented.add(method + " " + path);
                        }
                    }
                }));

        assertThat(documented)
                .isEqualTo(changing()
                        .map(operation -> "post " + operation.template())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @ParameterizedTest
    @MethodSource("changing")
    void isDoneOnceHoweverOftenItIsSent(ApiOperation operation) {
        Sent request = request(operation);
        WaybillClient client = (operation.inNamespace() ? shop.client() : operator)
                .with("Idempotency-Key", UUID.randomUUID().toString());

        Answer first = client.send("POST", request.path(), request.body());
        assertThat(first.status()).as(first.text()).isBetween(200, 299);
        Map<String, Long> made = counts();

        Answer second = client.send("POST", request.path(), request.body());
        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(counts()).isEqualTo(made);

        forgetTheAnswers();
        Answer third = client.send("POST", request.path(), request.body());
        assertThat(third.status()).as(third.text()).isEqualTo(first.status());
        assertThat(third.header("Idempotency-Replayed")).isEmpty();
        assertThat(ids(third)).isEqualTo(ids(first));
        assertThat(counts()).isEqualTo(made);

        Answer fourth = client.send("POST", request.path(), request.body());
        assertThat(fourth.text()).isEqualTo(third.text());
        for (String secret : List.of("/key", "/api_key/key", "/secret")) {
            assertThat(third.at(secret)).isEqualTo(first.at(secret));
            if (first.at(secret).startsWith("sk_")) {
                assertThat(operator.withKey(first.at(secret))
                                .get("/v1/organizations")
                                .status())
                        .isNotEqualTo(401);
            }
        }
    }

    @Test
    void theLastWebhookOfAQuotaIsNotRefusedToARepeat() {
        Answer founded = done(operator.post(
                "/v1/organizations", Map.of("organization_name", "full", "admin_email", "full@example.com")));
        WaybillClient client = operator.withKey(founded.at("/api_key/key"));
        String path = "/v1/organizations/webhooks";
        for (int i = 1; i < WEBHOOKS; i++) {
            assertThat(client.post(path, webhook("hook-" + i)).status()).isEqualTo(201);
        }
        WaybillClient repeating =
                client.with("Idempotency-Key", UUID.randomUUID().toString());
        Answer last = repeating.post(path, webhook("last"));
        assertThat(last.status()).as(last.text()).isEqualTo(201);

        forgetTheAnswers();

        Answer again = repeating.post(path, webhook("last"));
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.at("/secret")).isEqualTo(last.at("/secret"));
        assertThat(client.post(path, webhook("one too many")).text()).contains("can have 20 webhooks");
    }

    private record Sent(String path, @Nullable Object body) {}

    private Sent request(ApiOperation operation) {
        String mark = UUID.randomUUID().toString().substring(0, 8);
        String email = "user-%s@example.com".formatted(mark);
        String users = "/v1/organizations/users";
        return switch (operation.template()) {
            case "/v1/namespaces" ->
                new Sent(
                        "/v1/namespaces",
                        Map.of(
                                "namespace_name",
                                "space-" + mark,
                                "feature_extractors",
                                List.of(Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1"))));
            case "/v1/organizations" ->
                new Sent("/v1/organizations", Map.of("organization_name", "org-" + mark, "admin_email", email));
            case "/v1/organizations/users" ->
                new Sent(users, Map.of("email", email, "user_name", "Una", "role", "admin"));
            case "/v1/organizations/users/{user_email}/api-keys" ->
                new Sent(user(email) + "/api-keys", Map.of("name", "key-" + mark));
            case "/v1/organizations/users/{user_email}/api-keys/{key_name}/rotate" -> {
                String keys = user(email) + "/api-keys";
                done(operator.post(keys, Map.of("name", "turning")));
                yield new Sent(keys + "/turning/rotate", null);
            }
            case "/v1/organizations/webhooks" -> new Sent("/v1/organizations/webhooks", webhook(mark));
            case "/v1/organizations/webhooks/{webhook_identifier}/rotate-secret" ->
                new Sent(hook(mark) + "/rotate-secret", null);
            case "/v1/organizations/webhooks/{webhook_identifier}/pause" -> new Sent(hook(mark) + "/pause", null);
            case "/v1/organizations/webhooks/{webhook_identifier}/resume" -> new Sent(hook(mark) + "/resume", null);
            case "/v1/organizations/webhooks/{webhook_identifier}/test" -> new Sent(hook(mark) + "/test", null);
            case "/v1/organizations/webhooks/{webhook_identifier}/deliveries/{delivery_id}/redeliver" -> {
                String hook = hook(mark);
                String delivery = done(operator.post(hook + "/test")).at("/delivery_ids/0");
                yield new Sent(hook + "/deliveries/" + delivery + "/redeliver", null);
            }
            case "/v1/organizations/connections" -> new Sent("/v1/organizations/connections", connection(mark));
            case "/v1/organizations/connections/test" ->
                new Sent("/v1/organizations/connections/test", connection(mark));
            case "/v1/organizations/connections/{connection_identifier}/test" -> {
                done(operator.post("/v1/organizations/connections", connection(mark)));
                yield new Sent("/v1/organizations/connections/" + mark + "/test", null);
            }
            case "/v1/organizations/agents" -> new Sent("/v1/organizations/agents", Map.of("name", "agent-" + mark));
            case "/v1/organizations/agents/{agent_id}/rotate" -> {
                Answer agent = done(operator.post("/v1/organizations/agents", Map.of("name", "agent-" + mark)));
                yield new Sent("/v1/organizations/agents/" + agent.at("/agent_id") + "/rotate", null);
            }
            case "/v1/organizations/projects" ->
                new Sent("/v1/organizations/projects", Map.of("name", "project-" + mark, "prompt", "A lighthouse"));
            case "/v1/organizations/storage/check" -> new Sent("/v1/organizations/storage/check", null);
            case "/v1/organizations/storage/reconcile" ->
                new Sent("/v1/organizations/storage/reconcile", Map.of("dry_run", false));
            case "/v1/organizations/storage/reconcile/{task_id}/undo" -> {
                Answer task = operator.post("/v1/organizations/storage/reconcile", Map.of("dry_run", false));
                assertThat(task.status()).as(task.text()).isEqualTo(202);
                done(operator.delete("/v1/tasks/" + task.at("/task_id")));
                yield new Sent("/v1/organizations/storage/reconcile/" + task.at("/task_id") + "/undo", null);
            }
            case "/v1/buckets" ->
                new Sent(
                        "/v1/buckets",
                        Map.of(
                                "bucket_name",
                                "bucket-" + mark,
                                "bucket_schema",
                                Map.of("properties", Map.of("hero_image", Map.of("type", "image")))));
            case "/v1/collections" ->
                new Sent(
                        "/v1/collections",
                        Map.of(
                                "collection_name",
                                "collection-" + mark,
                                "source",
                                Map.of("type", "bucket", "bucket_id", shop.bucket()),
                                "feature_extractor",
                                Map.of("feature_extractor_name", "multimodal_extractor", "version", "v1")));
            default -> inBucket(operation, mark);
        };
    }

    private Sent inBucket(ApiOperation operation, String mark) {
        Map<String, String> file = Map.of("filename", mark + ".jpg", "content_type", "image/jpeg");
        return switch (operation.template().replace("/v1/buckets/{bucket_identifier}", "")) {
            case "/objects" -> new Sent(shop.path("/objects?auto_process=true"), object(mark));
            case "/objects/batch" ->
                new Sent(
                        shop.path("/objects/batch?auto_process=true"),
                        Map.of("objects", List.of(object(mark + 1), object(mark + 2), object(mark + 3))));
            case "/uploads" -> new Sent(shop.path("/uploads"), file);
            case "/uploads/batch" -> new Sent(shop.path("/uploads/batch"), Map.of("uploads", List.of(file, file)));
            case "/uploads/{upload_id}/url" ->
                new Sent(shop.path("/uploads/" + shop.askForJpeg().at("/upload_id") + "/url"), null);
            case "/uploads/{upload_id}/confirm" ->
                new Sent(shop.path("/uploads/" + shop.putJpeg() + "/confirm?async=true"), null);
            case "/uploads/confirm/batch" ->
                new Sent(
                        shop.path("/uploads/confirm/batch"),
                        Map.of("confirmations", List.of(Map.of("upload_id", shop.putJpeg()))));
            case "/batches" ->
                new Sent(shop.path("/batches"), Map.of("object_ids", List.of(made(mark + 1), made(mark + 2))));
            case "/batches/{batch_id}/objects" ->
                new Sent(batch(mark) + "/objects", Map.of("object_ids", List.of(made(mark + 2))));
            case "/batches/{batch_id}/submit" -> new Sent(batch(mark) + "/submit", null);
            case "/batches/{batch_id}/cancel" -> {
                String batch = batch(mark);
                done(shop.client().post(batch + "/submit"));
                yield new Sent(batch + "/cancel", null);
            }
            case "/batches/{batch_id}/retry" -> {
                String batch = batch(mark);
                done(shop.client().post(batch + "/submit"));
                done(shop.client().post(batch + "/cancel"));
                yield new Sent(batch + "/retry", null);
            }
            case "/syncs" -> new Sent(shop.path("/syncs"), sync(mark));
            case "/syncs/{sync_config_id}/pause" -> new Sent(made(sync(mark)) + "/pause", null);
            case "/syncs/{sync_config_id}/resume" -> {
                String sync = made(sync(mark));
                done(shop.client().post(sync + "/pause"));
                yield new Sent(sync + "/resume", null);
            }
            case "/syncs/{sync_config_id}/trigger" -> new Sent(made(sync(mark)) + "/trigger", null);
            case "/syncs/{sync_config_id}/replay" ->
                new Sent(made(sync(mark)) + "/replay", Map.of("keys", List.of("a")));
            case "/syncs/{sync_config_id}/dlq/retry" -> new Sent(made(sync(mark)) + "/dlq/retry", Map.of("all", true));
            case "/syncs/{sync_config_id}/runs/{sync_run_id}/cancel" -> {
                String sync = made(sync(mark));
                String run = done(shop.client().post(sync + "/trigger")).at("/sync_run_id");
                yield new Sent(sync + "/runs/" + run + "/cancel", null);
            }
            default -> throw new AssertionError("teach this test a request for " + operation);
        };
    }

    private static Map<String, Object> object(String text) {
        return Map.of(
                "blobs",
                List.of(
                        Map.of("property", "product_text", "type", "text", "data", "text " + text),
                        Map.of("property", "product_text", "type", "text", "data", "long ".repeat(20_000) + text)),
                "metadata",
                Map.of("sku", text));
    }

    private String made(String text) {
        return done(shop.client().post(shop.path("/objects"), object(text))).at("/object_id");
    }

    private String batch(String mark) {
        Answer batch = shop.client().post(shop.path("/batches"), Map.of("object_ids", List.of(made(mark))));
        return shop.path("/batches/" + done(batch).at("/batch_id"));
    }

    /** Of events that nothing here makes. */
    private static Map<String, Object> webhook(String name) {
        return Map.of(
                "webhook_name",
                name,
                "event_types",
                List.of("alert.triggered"),
                "channels",
                List.of(Map.of("channel", "webhook", "configs", Map.of("url", "https://hooks.example.com/waybill"))));
    }

    private static Map<String, Object> connection(String name) {
        return Map.of(
                "name", name, "provider_type", ScriptedSource.PROVIDER, "provider_config", ScriptedSource.settings());
    }

    private Map<String, Object> sync(String mark) {
        Answer made = done(operator.post("/v1/organizations/connections", connection("for-" + mark)));
        return Map.of(
                "connection_id",
                made.at("/connection_id"),
                "source_path",
                ScriptedSource.BUCKET + "/" + mark,
                "polling_interval_seconds",
                900);
    }

    private String made(Map<String, Object> sync) {
        return shop.path(
                "/syncs/" + done(shop.client().post(shop.path("/syncs"), sync)).at("/sync_config_id"));
    }

    private String hook(String name) {
        Answer made = operator.post("/v1/organizations/webhooks", webhook(name));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return "/v1/organizations/webhooks/" + made.at("/webhook_id");
    }

    private String user(String email) {
        done(operator.post("/v1/organizations/users", Map.of("email", email, "user_name", "Una")));
        return "/v1/organizations/users/" + email;
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    /** As if the service had died after it did the work and before it stored the answer. */
    private void forgetTheAnswers() {
        service.bean(MongoOperations.class)
                .getCollection("idempotency_keys")
                .updateMany(
                        new Document(),
                        new Document("$unset", new Document("answer", "").append("status", ""))
                                .append("$set", new Document("lease_until", Date.from(Instant.EPOCH))));
    }

    private Map<String, Long> counts() {
        MongoOperations mongo = service.bean(MongoOperations.class);
        Map<String, Long> counts = new TreeMap<>();
        for (String collection : mongo.getCollectionNames()) {
            if (!PASSING.contains(collection)) {
                counts.put(collection, mongo.getCollection(collection).countDocuments(TENANTS));
            }
        }
        return counts;
    }

    /** The ids that an answer names. Secrets, hashes and URLs are none. */
    private static Set<String> ids(Answer answer) {
        String text = answer.text().replaceAll("\"(sk|io42)_[^\"]*\"", "").replaceAll("\"https?://[^\"]*\"", "");
        return IDS.matcher(text).results().map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
    }
}
