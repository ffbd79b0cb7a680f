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
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A bucket that is synced from a {@link SyntheticS3} or another source, with requests and assertions. */
public final class SyncStory {

    private static final String SECRET = Confidential.secret("sekret/" + "x".repeat(33));

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final SyncedBucket bucket;
    private final String sync;

    private SyncStory(SyncedBucket bucket, String sync) {
        this.bucket = bucket;
        this.sync = sync;
    }

    /** Connects to the source, and has everything in it synced once, when it is triggered. */
    static SyncStory create(WaybillClient client, SyntheticS3 source) {
        return create(client, source, Map.of());
    }

    /**
     * The same by other settings.
     *
     * @param settings added to the sync's settings, or replacing them, by the names of the API
     */
    public static SyncStory create(WaybillClient client, SyntheticS3 source, Map<String, ?> settings) {
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

    /** The same by an assumed role, where the service takes the source for Amazon's. */
    static SyncStory createByRole(WaybillClient client) {
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
                Map.of());
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
        Workspace there = Workspace.create(client(), Map.of("content", Map.of("type", "binary")));
        return of(there, bucket.get(sync).at("/connection_id"), settings);
    }

    private static SyncStory of(Workspace here, String connection, Map<String, ?> settings) {
        Map<String, Object> body = new HashMap<>(
                Map.of("connection_id", connection, "polling_interval_seconds", 900, "skip_batch_submission", true));
        body.putAll(settings);
        SyncedBucket bucket = SyncedBucket.in(here);
        return new SyncStory(bucket, bucket.created(body));
    }

    /** The same, through another process. */
    SyncStory through(WaybillClient client) {
        return new SyncStory(bucket.through(client), sync);
    }

    /** Within the bucket's namespace. */
    public WaybillClient client() {
        return bucket.client();
    }

    /** Of the sync. @param below empty, or with a slash before it */
    public String path(String below) {
        return bucket.path("/" + sync + below);
    }

    /** Begins a run, or joins the one that goes by its schedule; its id. */
    public String trigger() {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            Answer triggered = bucket.post(sync, "/trigger");
                            assertThat(triggered.status()).as(triggered.text()).isIn(200, 409);
                            return triggered.status() == 200
                                    ? triggered.at("/sync_job_id")
                                    : triggered.at("/error/details/sync_job_id");
                        },
                        run -> !run.isEmpty());
    }

    /** Waits until the run is over, and another one may begin. */
    JsonNode ended(String run) {
        return bucket.ended(sync, run, PATIENCE);
    }

    /** The bucket has every file of the source once, with its bytes. */
    void assertHolds(SyntheticS3 source, int files) {
        Map<String, JsonNode> objects = bucket.objectsByPath();
        assertThat(objects).hasSize(files);
        for (int number = 0; number < files; number++) {
            JsonNode object = objects.get("synthetic/" + SyntheticS3.key(number));
            assertThat(object).as("the object of " + SyntheticS3.key(number)).isNotNull();
        }
        for (int number : new int[] {0, files / 2, files - 1}) {
            String id = objects.get("synthetic/" + SyntheticS3.key(number))
                    .at("/object_id")
                    .asString();
            assertThat(bucket.bytes(id)).as(SyntheticS3.key(number)).isEqualTo(source.bytes(number));
        }
    }

    /** By the paths of their files. */
    Map<String, JsonNode> objects() {
        return bucket.objectsByPath();
    }

    /** What the ledger says of all files: how many there are of each state. */
    Map<String, Integer> ledger() {
        Map<String, Integer> states = new HashMap<>();
        bucket.ledger(sync)
                .values()
                .forEach(row -> states.merge(row.at("/state").asString(), 1, Integer::sum));
        return states;
    }

    /** @return the totals of all runs: discovered, synced, failed */
    List<Long> totals() {
        JsonNode now = bucket.get(sync).json();
        return List.of(
                now.at("/total_files_discovered").asLong(),
                now.at("/total_files_synced").asLong(),
                now.at("/total_files_failed").asLong());
    }
}
