package dev.waybill.blobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.storage.StorageProbe;
import dev.waybill.platform.storage.StorageProfile;
import dev.waybill.testing.Answer;
import dev.waybill.testing.MovedTime;
import dev.waybill.testing.ServiceUnderTest;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reconciliation of storage and its undo over HTTP, by an administrator. */
class ReconcileStoryTests {

    private static final MovedTime TIME = MovedTime.create();
    private static final String RECONCILE = "/v1/organizations/storage/reconcile";
    private static final String CHECK = "/v1/organizations/storage/check";
    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);

    private static ServiceUnderTest service;
    private static ObjectStorage storage;

    private String email;
    private WaybillClient admin;
    private Workspace shop;

    @BeforeAll
    static void start() {
        service = ServiceUnderTest.shared(TIME.settings());
        storage = service.bean(ObjectStorage.class);
    }

    @BeforeEach
    void foundAnOrganization() {
        email = "admin-%s@example.com".formatted(UUID.randomUUID());
        Answer founded =
                service.client().post("/v1/organizations", Map.of("organization_name", "acme", "admin_email", email));
        assertThat(founded.status()).as(founded.text()).isEqualTo(200);
        admin = service.anonymous().withKey(founded.at("/api_key/key"));
        shop = Workspace.create(admin);
    }

    @AfterEach
    void backToNow() {
        TIME.ahead(Duration.ZERO);
    }

    @Test
    void orphansAreReportedThenQuarantinedThenRestoredAndAtLastRemoved() {
        Workspace other = Workspace.create(service.client());
        ObjectKey orphan = put(shop);
        ObjectKey foreign = put(other);
        ObjectKey owned = confirmed().key();
        TIME.ahead(Duration.ofHours(25));
        ObjectKey young = put(shop, TIME.instant());

        String dry = started(null);
        JsonNode report = output(dry);
        assertThat(report.at("/dry_run").asBoolean()).isTrue();
        assertThat(report.at("/walked_keys").asInt()).isEqualTo(2);
        assertThat(report.at("/orphans").toString())
                .isEqualTo("{\"count\":1,\"bytes\":%d,\"samples\":[\"%s\"]}".formatted(BYTES.length, orphan));
        assertThat(report.at("/lost_bytes/count").asInt()).isZero();
        assertThat(storage.head(orphan)).isPresent();

        String task = started(Map.of("dry_run", false));
        assertThat(output(task).at("/quarantined/count").asInt()).isEqualTo(1);
        ObjectKey quarantined = new ObjectKey("quarantine/" + task + "/" + orphan);
        assertThat(storage.head(orphan)).isEmpty();
        assertThat(storage.head(quarantined)).isPresent();
        for (ObjectKey untouched : List.of(foreign, owned, young)) {
            assertThat(storage.head(untouched)).isPresent();
        }

        Answer nothing = admin.post(undo(dry));
        assertThat(nothing.status()).as(nothing.text()).isEqualTo(400);
        assertThat(nothing.at("/error/message")).contains("was a dry run");
        Answer undo = admin.post(undo(task));
        assertThat(undo.status()).as(undo.text()).isEqualTo(202);
        assertThat(output(undo.at("/task_id")).at("/restored/count").asInt()).isEqualTo(1);
        assertThat(storage.head(quarantined)).isEmpty();
        assertThat(storage.head(orphan)).hasValueSatisfying(back -> {
            assertThat(back.size()).isEqualTo(BYTES.length);
            assertThat(back.contentType()).isEqualTo("text/plain");
        });

        String again = started(Map.of("dry_run", false));
        assertThat(output(again).at("/quarantined/count").asInt()).isEqualTo(1);
        ObjectKey last = new ObjectKey("quarantine/" + again + "/" + orphan);
        service.runJob("Quarantine.expire");
        assertThat(storage.head(last)).isPresent();
        TIME.ahead(Duration.ofDays(9));
        service.runJob("Quarantine.expire");
        assertThat(storage.head(last)).isEmpty();
        assertThat(storage.head(owned)).isPresent();
        storage.deleteAll(List.of(foreign, young));
    }

    @Test
    void anObjectWithMissingBytesIsReportedAndNotChanged() {
        Confirmed lost = confirmed();
        Confirmed whole = confirmed();
        storage.delete(lost.key());

        JsonNode report = output(started(Map.of("dry_run", false)));

        assertThat(report.at("/lost_bytes/count").asInt()).isEqualTo(1);
        assertThat(report.at("/lost_bytes/samples/0/id").asString()).isEqualTo(lost.object());
        assertThat(report.at("/lost_bytes/samples/0/s3_key").asString())
                .isEqualTo(lost.key().value());
        assertThat(shop.object(lost.object()).status()).isEqualTo(200);
        assertThat(storage.head(whole.key())).isPresent();

        // The way out that the documentation describes.
        assertThat(shop.client().delete(shop.path("/objects/" + lost.object())).status())
                .isEqualTo(204);
        assertThat(output(started(null)).at("/lost_bytes/count").asInt()).isZero();
    }

    @Test
    void theStorageCheckReportsWhatTheBucketEnforces() {
        Answer checked = admin.post(CHECK);

        assertThat(checked.status()).as(checked.text()).isEqualTo(200);
        assertThat(checked.json().path("rules").valueStream())
                .hasSameSizeAs(StorageProfile.Rule.values())
                .anySatisfy(rule -> {
                    assertThat(rule.path("rule").asString()).isEqualTo("content_type");
                    assertThat(rule.path("answer").asString()).isEqualTo("ENFORCED");
                    assertThat(rule.path("message").asString()).isNotBlank();
                });
        assertThat(Instant.parse(checked.at("/checked_at")))
                .isEqualTo(
                        service.bean(StorageProbe.class).known().orElseThrow().probedAt());
        assertThat(storage.list("staging/.probe/", null, 10)).isEmpty();
    }

    @Test
    void otherOrganizationsSeeAndUndoNothingOfIt() {
        String task = started(Map.of("dry_run", false));
        output(task);
        Answer key = admin.post(
                "/v1/organizations/users/" + email + "/api-keys",
                Map.of("name", "worker", "permissions", List.of("read", "write", "delete")));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        WaybillClient worker = service.anonymous().withKey(key.at("/key"));
        for (String path : List.of(RECONCILE, undo(task), CHECK)) {
            Answer refused = worker.post(path);
            assertThat(refused.status()).as(refused.text()).isEqualTo(403);
            assertThat(refused.at("/error/details/permission")).isEqualTo("admin");
        }
        for (String unknown : List.of(task, UUID.randomUUID().toString(), "no-uuid")) {
            assertThat(service.client().post(undo(unknown)).status()).isEqualTo(404);
        }
        assertThat(admin.post(RECONCILE, "{\"dry_run\": \"perhaps\"}").status()).isEqualTo(422);
    }

    private record Confirmed(String object, ObjectKey key) {}

    private Confirmed confirmed() {
        String upload = shop.putJpeg();
        Answer confirmed = shop.confirm(upload);
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(200);
        ObjectKey key = new ObjectKey(shop.upload(upload).at("/s3_key"));
        assertThat(storage.head(key)).isPresent();
        return new Confirmed(confirmed.at("/object_id"), key);
    }

    private static ObjectKey put(Workspace into) {
        return put(into, TIME.instant().minus(Duration.ofDays(2)));
    }

    private static ObjectKey put(Workspace into, Instant made) {
        ObjectKey key = BlobKeys.fresh(new IdGenerator(() -> made), into.namespace(), "orphan.txt");
        storage.put(key, new ByteArrayInputStream(BYTES), BYTES.length, "text/plain");
        return key;
    }

    private String started(@Nullable Map<String, ?> body) {
        Answer started = body == null ? admin.post(RECONCILE) : admin.post(RECONCILE, body);
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        return started.at("/task_id");
    }

    private JsonNode output(String task) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> admin.get("/v1/tasks/" + task).at("/status"), "COMPLETED"::equals);
        return admin.get("/v1/tasks/" + task).json().at("/outputs/0");
    }

    private static String undo(String task) {
        return RECONCILE + "/" + task + "/undo";
    }
}
