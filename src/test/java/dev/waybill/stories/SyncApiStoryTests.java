package dev.waybill.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.Diagnosis;
import dev.waybill.connectors.ScriptedSource;
import dev.waybill.connectors.ScriptedSource.Call;
import dev.waybill.testing.Answer;
import dev.waybill.testing.WaybillClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Use cases of the HTTP API for syncs, over a scripted source. */
class SyncApiStoryTests extends ScriptedSyncStory {

    @Test
    void deadLettersAreListedAndRetried() {
        put("a.txt");
        put("b.txt");
        script.on(Call.OPEN).of(folder + "/a.txt").fails(Diagnosis.ACCESS_DENIED_READ);
        String sync = bucket.created(request(Map.of()));
        JsonNode run = bucket.run(sync);
        assertThat(run.path("status").asString()).as(run.toString()).isEqualTo("COMPLETED_WITH_ERRORS");

        Answer dead = bucket.post(sync, "/dlq", Map.of("reason", "ACCESS_DENIED_READ", "limit", 10));
        assertThat(dead.json().path("total").asInt()).as(dead.text()).isEqualTo(1);
        assertThat(dead.at("/results/0/key")).isEqualTo(folder + "/a.txt");
        assertThat(dead.at("/results/0/state")).isEqualTo("QUARANTINED");
        assertThat(dead.at("/results/0/next_attempt_at")).isEmpty();
        assertThat(dead.json().at("/pagination/page_size").asInt()).isEqualTo(10);
        Answer why = bucket.explain(sync, folder + "/a.txt");
        assertThat(why.at("/verdict")).isEqualTo("QUARANTINED");
        assertThat(why.at("/sentence")).contains("ACCESS_DENIED_READ");

        script.behave();
        Answer ignored = bucket.post(sync, "/dlq/retry", Map.of("keys", List.of(folder + "/b.txt", "unknown")));
        assertThat(ignored.json().path("requeued").asInt()).as(ignored.text()).isZero();
        assertThat(ignored.json().path("ignored").size()).isEqualTo(2);
        Answer retried = bucket.post(sync, "/dlq/retry", Map.of("all", true));
        assertThat(retried.json().path("requeued").asInt()).as(retried.text()).isEqualTo(1);
        assertThat(bucket.ledger(sync).get(folder + "/a.txt").path("next_attempt_at"))
                .isEqualTo(bucket.get(sync).json().path("next_sync_at"));
        bucket.run(sync);
        assertThat(bucket.explain(sync, folder + "/a.txt").at("/verdict")).isEqualTo("SYNCED");
        assertThat(bucket.objects()).isEqualTo(2);

        Answer replayed = bucket.post(sync, "/replay", Map.of("keys", List.of(folder + "/b.txt", "unknown")));
        assertThat(replayed.json().path("requeued").asInt()).as(replayed.text()).isEqualTo(1);
        assertThat(replayed.json().at("/ignored/0").asString()).isEqualTo("unknown");
    }

    @Test
    void theLedgerAndTheRunsAreNarrowed() {
        put("a.txt");
        put("drafts/b.txt");
        String sync = bucket.created(request(Map.of("file_filters", Map.of("exclude_patterns", List.of("drafts/*")))));
        JsonNode run = bucket.run(sync);
        assertThat(run.at("/filtered_by/EXCLUDED").asInt()).as(run.toString()).isEqualTo(1);

        assertThat(total(sync, "/ledger/list?include_total=true", Map.of())).isEqualTo(2);
        assertThat(total(sync, "/ledger/list?include_total=true", Map.of("state", "filtered")))
                .isEqualTo(1);
        assertThat(total(sync, "/ledger/list?include_total=true", Map.of("reason", "EXCLUDED")))
                .isEqualTo(1);
        assertThat(total(sync, "/ledger/list?include_total=true", Map.of("key_prefix", folder + "/a")))
                .isEqualTo(1);
        assertThat(total(
                        sync,
                        "/ledger/list?include_total=true",
                        Map.of("state", "SYNCED", "key_prefix", folder + "/drafts")))
                .isZero();
        assertThat(total(
                        sync,
                        "/ledger/list?include_total=true",
                        Map.of("run_id", run.path("sync_run_id").asString())))
                .isEqualTo(1);
        assertThat(bucket.post(sync, "/ledger/list", Map.of()).json().has("total"))
                .isFalse();
        assertThat(bucket.post(sync, "/ledger/list", Map.of("state", "nonsense"))
                        .status())
                .isEqualTo(422);
        Answer runs = bucket.client().get(bucket.path("/" + sync + "/runs?status=COMPLETED&limit=1"));
        assertThat(runs.json().path("total").asInt()).as(runs.text()).isEqualTo(1);
        assertThat(runs.at("/results/0/sync_run_id"))
                .isEqualTo(run.path("sync_job_id").asString());
        assertThat(bucket.client()
                        .get(bucket.path("/" + sync + "/runs?status=FAILED"))
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(bucket.client()
                        .get(bucket.path("/%s/runs/%s"
                                .formatted(sync, run.path("sync_run_id").asString())))
                        .json())
                .isEqualTo(run);
    }

    @Test
    void pagesOfTheLedgerFollowOneAnother() {
        for (String name : List.of("a", "b", "c")) {
            put(name + ".txt");
        }
        String sync = bucket.created(request(Map.of()));
        bucket.run(sync);

        Answer first = bucket.post(sync, "/ledger/list?limit=2");
        Answer second = bucket.post(sync, "/ledger/list?limit=2&cursor=" + first.at("/pagination/next_cursor"));

        assertThat(first.json().path("results").size()).isEqualTo(2);
        assertThat(first.at("/results/0/key")).isEqualTo(folder + "/a.txt");
        assertThat(second.json().path("results").size()).as(second.text()).isEqualTo(1);
        assertThat(second.at("/results/0/key")).isEqualTo(folder + "/c.txt");
        assertThat(second.at("/pagination/next_cursor")).isEmpty();
    }

    @Test
    void aDeletedSyncIsGoneAndItsObjectsStay() {
        put("a.txt");
        String sync = bucket.created(request(Map.of()));
        bucket.run(sync);

        Answer deleted = bucket.client().delete(bucket.path("/" + sync));

        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.json().path("status").asString()).isEqualTo("deleted");
        assertThat(deleted.at("/sync_config_id")).isEqualTo(sync);
        assertThat(bucket.get(sync).status()).isEqualTo(404);
        assertThat(bucket.client().delete(bucket.path("/" + sync)).status()).isEqualTo(404);
        assertThat(bucket.client()
                        .post(bucket.path("/list"))
                        .json()
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(bucket.objects()).isEqualTo(1);
    }

    @Test
    void syncsAreListedInBothShapes() {
        String first = bucket.created(request(Map.of()));
        String second = bucket.created(request(Map.of()));
        bucket.post(first, "/pause");

        Answer all = bucket.client().post(bucket.path("/list?limit=1"));
        assertThat(all.json().path("total").asInt()).as(all.text()).isEqualTo(2);
        assertThat(all.json().path("results").size()).isEqualTo(1);
        assertThat(all.at("/results/0/sync_config_id")).isEqualTo(second);
        assertThat(all.json().has("pagination")).isTrue();
        for (String status : List.of("paused", "SUSPENDED", "suspended")) {
            Answer paused = bucket.client().post(bucket.path("/list"), Map.of("status", status));
            assertThat(paused.json().path("total").asInt()).as(paused.text()).isEqualTo(1);
            assertThat(paused.at("/results/0/sync_config_id")).isEqualTo(first);
        }
        assertThat(listed(Map.of("is_active", true))).isEqualTo(2);
        assertThat(listed(Map.of("is_active", false))).isZero();
        assertThat(listed(Map.of("connection_id", connection))).isEqualTo(2);
        assertThat(listed(Map.of("connection_id", "conn_unknown"))).isZero();
        assertThat(bucket.client()
                        .post(bucket.path("/list"), Map.of("status", "nonsense"))
                        .status())
                .isEqualTo(422);
        Answer older = bucket.client().get(bucket.path(""));
        assertThat(older.json().path("total_count").asInt()).as(older.text()).isEqualTo(2);
        assertThat(older.json().path("syncs")).isEqualTo(older.json().path("results"));
    }

    @Test
    void aChangeClearsFieldsThatItSetsToNull() {
        String sync = bucket.created(request(Map.of(
                "description",
                "Videos",
                "metadata",
                Map.of("team", "shop"),
                "file_filters",
                Map.of("min_size_bytes", 1))));
        String path = bucket.path("/" + sync);

        Answer kept = bucket.client().patch(path, Map.of("batch_size", 7));
        assertThat(kept.json().path("batch_size").asInt()).as(kept.text()).isEqualTo(7);
        assertThat(kept.at("/description")).isEqualTo("Videos");
        assertThat(kept.json().at("/file_filters/min_size_bytes").isIntegralNumber())
                .isTrue();
        Answer cleared =
                bucket.client().patch(path, "{\"description\": \"\", \"metadata\": null, \"file_filters\": null}");
        assertThat(cleared.json().has("description")).as(cleared.text()).isFalse();
        assertThat(cleared.json().path("metadata").isEmpty()).isTrue();
        assertThat(cleared.json().has("file_filters")).isFalse();
        Answer paused = bucket.client().patch(path, Map.of("status", "paused"));
        assertThat(paused.at("/status")).as(paused.text()).isEqualTo("SUSPENDED");
        Answer refused = bucket.client().patch(path, Map.of("source_path", "ftp://somewhere"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        Answer tooLong = bucket.client().patch(path, Map.of("polling_interval_seconds", 3600));
        assertThat(tooLong.status()).as(tooLong.text()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"reconcile_on_sync\": true}",
                "{\"reconcile\": {\"on_delete\": true}}",
                "{\"reconcile\": {\"on_filter_drift\": true}}"
            })
    void deletesAreRefusedAloud(String more) {
        String sync =
                bucket.created(request(Map.of("reconcile", Map.of("on_delete", false), "reconcile_on_sync", false)));

        Answer changed = bucket.client().patch(bucket.path("/" + sync), more);
        Answer made = bucket.create(more.replaceFirst(
                "\\{", "{\"connection_id\": \"%s\", \"source_path\": \"elsewhere\", ".formatted(connection)));

        for (Answer answer : List.of(changed, made)) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(422);
            assertThat(answer.text()).contains("Guarded deletes are not here yet");
        }
    }

    @Test
    void theInlineFormMakesBothOrNothing() {
        Answer wrong = bucket.create(inline(Map.of("file_filters", Map.of("min_size_bytes", 5, "max_size_bytes", 1))));
        assertThat(wrong.status()).as(wrong.text()).isEqualTo(422);
        assertThat(connections(organization)).isEqualTo(1);

        Answer made = bucket.create(inline(Map.of("source_path", folder)));
        assertThat(made.status()).as(made.text()).isEqualTo(200);
        assertThat(made.text()).doesNotContain(ScriptedSource.SECRET);
        assertThat(made.at("/provider")).isEqualTo("scripted");
        assertThat(connections(organization)).isEqualTo(2);

        Answer again = bucket.create(inline(Map.of("source_path", "/" + folder)));
        assertThat(again.status()).as(again.text()).isEqualTo(409);
        assertThat(again.at("/error/details/sync_config_id")).isEqualTo(made.at("/sync_config_id"));
        Answer other = bucket.create(inline(Map.of("source_path", folder + "/other")));
        assertThat(other.status()).as(other.text()).isEqualTo(200);
        assertThat(other.at("/connection_id")).isEqualTo(made.at("/connection_id"));
    }

    @Test
    void theInlineFormNeedsAnAdministrator() {
        Answer key = organization.post(
                "/v1/organizations/users/admin-%s@example.com/api-keys".formatted(folder),
                Map.of("name", "writer", "permissions", List.of("read", "write")));
        assertThat(key.status()).as(key.text()).isEqualTo(200);
        WaybillClient writer = bucket.client().withKey(key.at("/key"));

        assertThat(writer.post(bucket.path(""), inline(Map.of())).status()).isEqualTo(403);
        Answer over = writer.post(bucket.path(""), request(Map.of()));
        assertThat(over.status()).as(over.text()).isEqualTo(200);
    }

    @Test
    void nothingOfAnotherOrganizationIsReached() {
        Answer stranger = Tenant.founded(SERVICE.client(), "other-" + folder);
        WaybillClient other = SERVICE.client().withKey(stranger.at("/api_key/key"));
        SyncedBucket theirs = SyncedBucket.create(other);
        String sync = bucket.created(request(Map.of()));

        Answer over = theirs.create(request(Map.of()));
        assertThat(over.status()).as(over.text()).isEqualTo(404);
        assertThat(theirs.get(sync).status()).isEqualTo(404);
        assertThat(theirs.post(sync, "/trigger").status()).isEqualTo(404);
        SyncedBucket beside = SyncedBucket.create(organization);
        assertThat(beside.get(sync).status()).isEqualTo(404);
    }

    private static Map<String, Object> inline(Map<String, ?> config) {
        Map<String, Object> settings = new LinkedHashMap<>(ScriptedSource.settings());
        settings.remove("provider_type");
        settings.put(
                "credentials", Map.of("access_key_id", "another-key-id", "secret_access_key", ScriptedSource.SECRET));
        return Map.of("provider", ScriptedSource.PROVIDER, "connection", settings, "sync_config", config);
    }

    private static int connections(WaybillClient client) {
        return client.post("/v1/organizations/connections/list")
                .json()
                .path("total")
                .asInt();
    }

    private int total(String sync, String call, Map<String, ?> body) {
        Answer answer = bucket.post(sync, call, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("total").asInt();
    }

    private int listed(Map<String, ?> body) {
        Answer answer = bucket.client().post(bucket.path("/list"), body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("total").asInt();
    }
}
