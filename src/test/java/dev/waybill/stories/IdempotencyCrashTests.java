package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.CrashStory;
import dev.waybill.testing.CrashableService;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.data.mongodb.core.MongoOperations;

/** A service crashes during a request with an idempotency key; the client repeats it at another one. */
@ResourceLock(CrashStory.PLAIN)
class IdempotencyCrashTests extends CrashStory {

    private Workspace workspace;

    IdempotencyCrashTests() {
        super(PLAIN);
    }

    @BeforeEach
    void start() {
        // The namespace by its id, as in every request of the class.
        workspace = Workspace.create(survivor().client()).through(survivor().client());
    }

    @ParameterizedTest
    @CsvSource({
        "idempotency.reserved, object",
        "idempotency.done, upload",
        "idempotency.done, object",
        "idempotency.done, api_key",
        "object.written, object",
        "batches.hidden, batch",
        "batches.items-written, batch"
    })
    void aRequestThatDiedIsDoneOnce(String step, String what) {
        Kind kind = kind(what, UUID.randomUUID().toString().substring(0, 8));
        long before = stored(kind);
        String key = UUID.randomUUID().toString();
        try (CrashableService doomed = dyingAt(step)) {
            WaybillClient client = workspace.through(doomed.client()).client().with("Idempotency-Key", key);
            assertDies(doomed, () -> client.post(kind.path(), kind.body()));

            aMinutePasses();
            WaybillClient again = workspace.client().with("Idempotency-Key", key);
            AtomicReference<Answer> answer = new AtomicReference<>();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                answer.set(again.post(kind.path(), kind.body()));
                return answer.get().status() != 409;
            });
            assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(200);
            assertThat(stored(kind)).isEqualTo(before + 1);
            Answer repeated = again.post(kind.path(), kind.body());
            assertThat(repeated.text()).isEqualTo(answer.get().text());
            assertThat(repeated.header("Idempotency-Replayed")).isEqualTo("true");
            if (what.equals("api_key")) {
                assertThat(survivor()
                                .anonymous()
                                .withKey(repeated.at("/key"))
                                .get("/v1/organizations")
                                .status())
                        .isEqualTo(200);
            }
        }
    }

    private record Kind(String path, Object body, String collection) {}

    private long stored(Kind kind) {
        return survivor()
                .bean(MongoOperations.class)
                .getCollection(kind.collection())
                .countDocuments();
    }

    private Kind kind(String what, String mark) {
        return switch (what) {
            case "upload" ->
                new Kind(
                        workspace.path("/uploads"),
                        Map.of("filename", mark + ".jpg", "content_type", "image/jpeg"),
                        "uploads");
            case "object" -> new Kind(workspace.path("/objects"), object(mark), "objects");
            case "batch" -> {
                Answer object = workspace.client().post(workspace.path("/objects"), object(mark));
                yield new Kind(
                        workspace.path("/batches"), Map.of("object_ids", List.of(object.at("/object_id"))), "batches");
            }
            default -> {
                String email = "user-%s@example.com".formatted(mark);
                Answer user =
                        workspace.client().post("/v1/organizations/users", Map.of("email", email, "user_name", "Una"));
                assertThat(user.status()).as(user.text()).isEqualTo(200);
                yield new Kind(
                        "/v1/organizations/users/" + email + "/api-keys", Map.of("name", "key-" + mark), "api_keys");
            }
        };
    }

    /** With content that lies in storage. */
    private static Map<String, Object> object(String text) {
        return Map.of(
                "blobs",
                List.of(Map.of("property", "product_text", "type", "text", "data", "long ".repeat(20_000) + text)),
                "metadata",
                Map.of("sku", text));
    }
}
