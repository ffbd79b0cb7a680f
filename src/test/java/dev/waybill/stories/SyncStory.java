package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.Confidential;
import dev.waybill.testing.SyntheticS3;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A bucket that is kept up to date with a {@link SyntheticS3}, and what can be asked of that. */
final class SyncStory {

    static final String SECRET = Confidential.secret("sekret/" + "x".repeat(33));

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Set<String> ENDED = Set.of("COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "CANCELED");

    private final Workspace here;
    private final String sync;

    private SyncStory(Workspace here, String sync) {
        this.here = here;
        this.sync = sync;
    }

    /** Connects to the source, and has everything in it synced once, when it is triggered. */
    static SyncStory create(WaybillClient client, SyntheticS3 source, Map<String, ?> settings) {
        return create(
                client,
                Map.of(
                        "credentials",
                        Map.of(
                                "type", "access_key",
                                "access_key_id", "AKIASYNTHETIC0000000",
                                "secret_access_key", SECRET),
                        "region",
                        "us-east-1",
                        "endpoint_url",
                        source.endpoint(),
                        "bucket_name",
                        "synthetic"),
                settings);
    }

    /** The same by a role, where the service takes the source for Amazon's. */
    static SyncStory createByRole(WaybillClient client, Map<String, ?> settings) {
        return create(
                client,
                Map.of(
                        "credentials",
                        Map.of(
                                "type",
                                "iam_role",
                                "role_arn",
                                "arn:aws:iam::123456789012:role/Reader",
                                "external_id",
                                "external-1"),
                        "region",
                        "us-east-1",
                        "bucket_name",
                        "synthetic"),
                settings);
    }

    private static SyncStory create(WaybillClient client, Map<String, ?> connected, Map<String, ?> settings) {
        Workspace here = Workspace.create(client, Map.of("content", Map.of("type", "text")));
        Answer connection = client.post(
                "/v1/organizations/connections",
                Map.of("name", "source of " + here.namespace(), "provider_type", "s3", "provider_config", connected));
        assertThat(connection.status()).as(connection.text()).isEqualTo(200);
        Map<String, Object> all = new HashMap<>(Map.of("source_path", "synthetic/files"));
        all.putAll(settings);
        return of(here, connection.at("/connection_id"), all);
    }

    /** Has a part of what is connected synced into a bucket of its own, when it is triggered. */
    static SyncStory over(WaybillClient client, Answer connection, Map<String, ?> settings) {
        Workspace here = Workspace.create(client, Map.of("content", Map.of("type", "binary")));
        return of(here, connection.at("/connection_id"), settings);
    }

    /** Has a part of the same synced into another bucket. */
    SyncStory beside(Map<String, ?> settings) {
        Workspace there = Workspace.create(here.client(), Map.of("content", Map.of("type", "binary")));
        return of(there, sync().at("/connection_id").asString(), settings);
    }

    private static SyncStory of(Workspace here, String connection, Map<String, ?> settings) {
        Map<String, Object> body = new HashMap<>(Map.of("connection_id", connection, "skip_batch_submission", true));
        body.putAll(settings);
        Answer made = here.client().post("/v1/buckets/" + here.bucket() + "/syncs", body);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        return new SyncStory(here, "/v1/buckets/" + here.bucket() + "/syncs/" + made.at("/sync_config_id"));
    }

    /** The same, through another process. */
    SyncStory through(WaybillClient client) {
        return new SyncStory(here.through(client), sync);
    }

    Workspace workspace() {
        return here;
    }

    String path(String below) {
        return sync + below;
    }

    JsonNode sync() {
        return here.client().get(sync).json();
    }

    /** Begins a run, or joins the one that goes by its schedule; its id. */
    String trigger() {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            Answer triggered = here.client().post(path("/trigger"));
                            assertThat(triggered.status()).as(triggered.text()).isIn(200, 409);
                            return triggered.status() == 200
                                    ? triggered.at("/sync_job_id")
                                    : triggered.at("/error/details/sync_job_id");
                        },
                        run -> !run.isEmpty());
    }

    /** Waits until the run is over. */
    JsonNode ended(String run) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> here.client().get(path("/runs/" + run)).json(),
                        json -> ENDED.contains(json.at("/status").asString()));
    }

    /** The bucket has every file of the source once, with its bytes. */
    void assertHolds(SyntheticS3 source, int files) {
        Map<String, JsonNode> objects = objects();
        assertThat(objects).hasSize(files);
        for (int number = 0; number < files; number++) {
            JsonNode object = objects.get("synthetic/" + SyntheticS3.key(number));
            assertThat(object).as("the object of " + SyntheticS3.key(number)).isNotNull();
        }
        for (int number : new int[] {0, files / 2, files - 1}) {
            String id = objects.get("synthetic/" + SyntheticS3.key(number))
                    .at("/object_id")
                    .asString();
            Answer object = here.client()
                    .get("/v1/buckets/" + here.bucket() + "/objects/" + id + "?return_presigned_urls=true");
            assertThat(Workspace.get(object.at("/blobs/0/presigned_url")).body())
                    .as(SyntheticS3.key(number))
                    .isEqualTo(source.bytes(number));
        }
    }

    /** By the keys of their files. */
    Map<String, JsonNode> objects() {
        Map<String, JsonNode> objects = new HashMap<>();
        String cursor = "";
        do {
            Answer page = here.client().post(here.path("/objects/list?limit=1000" + cursor));
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json().at("/results").forEach(object -> {
                String path = object.at("/metadata/source/path").asString();
                assertThat(objects.put(path, object))
                        .as("two objects of " + path)
                        .isNull();
            });
            String next = page.at("/pagination/next_cursor");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return objects;
    }

    /** What the ledger says of all files: how many there are of each state. */
    Map<String, Integer> ledger() {
        Map<String, Integer> states = new HashMap<>();
        String cursor = "";
        Set<String> keys = new HashSet<>();
        do {
            Answer page = here.client().post(path("/ledger/list?limit=1000" + cursor), Map.of());
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json().at("/results").forEach(row -> {
                states.merge(row.at("/state").asString(), 1, Integer::sum);
                assertThat(keys.add(row.at("/key").asString())).isTrue();
            });
            String next = page.at("/pagination/next_cursor");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return states;
    }

    /** @return the totals of all runs: discovered, synced, failed */
    List<Long> totals() {
        JsonNode sync = sync();
        return List.of(
                sync.at("/total_files_discovered").asLong(),
                sync.at("/total_files_synced").asLong(),
                sync.at("/total_files_failed").asLong());
    }
}
