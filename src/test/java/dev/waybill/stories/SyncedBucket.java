package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.waybill.testing.Answer;
import dev.waybill.testing.WaybillClient;
import dev.waybill.testing.Workspace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A bucket in a namespace of its own, and a client's requests for its syncs. */
final class SyncedBucket {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> OVER = List.of("COMPLETED", "COMPLETED_WITH_ERRORS", "FAILED", "CANCELED");

    private final Workspace workspace;

    private SyncedBucket(Workspace workspace) {
        this.workspace = workspace;
    }

    /** Of a text and an image. */
    static SyncedBucket create(WaybillClient client) {
        return create(client, Map.of("product_text", Map.of("type", "text"), "hero_image", Map.of("type", "image")));
    }

    /** The same with other properties. */
    static SyncedBucket create(WaybillClient client, Map<String, ?> properties) {
        return in(Workspace.create(client, properties));
    }

    static SyncedBucket in(Workspace workspace) {
        return new SyncedBucket(workspace);
    }

    /** The same bucket, through another process. */
    SyncedBucket through(WaybillClient other) {
        return in(workspace.through(other));
    }

    WaybillClient client() {
        return workspace.client();
    }

    String path(String below) {
        return workspace.path("/syncs" + below);
    }

    Answer create(Object request) {
        return client().post(path(""), request);
    }

    /** Creates a sync, and expects to get it; its id. */
    String created(Object request) {
        Answer answer = create(request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.at("/sync_config_id");
    }

    Answer get(String sync) {
        return client().get(path("/" + sync));
    }

    Answer post(String sync, String call) {
        return client().post(path("/" + sync + call));
    }

    Answer post(String sync, String call, Object body) {
        return client().post(path("/" + sync + call), body);
    }

    /** Triggers a run, and expects that it starts; its id. */
    String triggered(String sync) {
        Answer answer = post(sync, "/trigger");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.at("/sync_job_id");
    }

    /** Triggers a run and waits for its end. */
    JsonNode run(String sync) {
        return ended(sync, triggered(sync));
    }

    /** Waits for the end of a run, and until another one may begin. */
    JsonNode ended(String sync, String run) {
        return ended(sync, run, PATIENCE);
    }

    /** The same for a longer one. */
    JsonNode ended(String sync, String run, Duration patience) {
        await().atMost(patience)
                .until(() -> OVER.contains(
                                client().get(path("/" + sync + "/jobs/" + run)).at("/status"))
                        && !get(sync).json().path("locked").asBoolean(true));
        return client().get(path("/" + sync + "/jobs/" + run)).json();
    }

    /** Waits for the end of a run that this client did not trigger. */
    JsonNode runOf(String sync) {
        await().atMost(PATIENCE)
                .until(() -> !get(sync).at("/current_sync_run_id").isEmpty());
        return ended(sync, get(sync).at("/current_sync_run_id"));
    }

    Answer explain(String sync, String key) {
        Answer answer =
                client().get(path("/" + sync + "/explain?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    /** The rows of the ledger by key, of which each has one. */
    Map<String, JsonNode> ledger(String sync) {
        return all(path("/" + sync + "/ledger/list"), "/key");
    }

    /** The objects by the paths of their files, of which each has one. */
    Map<String, JsonNode> objectsByPath() {
        return all(workspace.path("/objects/list"), "/metadata/source/path");
    }

    /** All pages of a list. @param key what none of them has twice */
    private Map<String, JsonNode> all(String list, String key) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        String cursor = "";
        do {
            Answer page = client().post(list + "?limit=1000" + cursor);
            assertThat(page.status()).as(page.text()).isEqualTo(200);
            page.json()
                    .at("/results")
                    .forEach(one -> assertThat(all.put(one.at(key).asString(), one))
                            .as("two of " + one.at(key).asString())
                            .isNull());
            String next = page.at("/pagination/next_cursor");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return all;
    }

    int objects() {
        return workspace.objects();
    }

    /** An object, with URLs. */
    Answer object(String object) {
        Answer answer = client().get(workspace.path("/objects/" + object + "?return_presigned_urls=true"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    /** The bytes of an object's first blob. */
    byte[] bytes(String object) {
        return Workspace.get(object(object).at("/blobs/0/presigned_url")).body();
    }
}
