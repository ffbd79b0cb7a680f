package dev.waybill.syncs.runs;

import static dev.waybill.syncs.runs.SyncFixtures.NOW;
import static dev.waybill.syncs.runs.SyncFixtures.RUN;
import static dev.waybill.syncs.runs.SyncFixtures.settings;
import static dev.waybill.syncs.runs.SyncFixtures.sync;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.syncs.runs.SyncEntity.Current;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.TaskStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Responses that clients generated from the contract accept. */
class SyncResponseTests {

    private static final List<String> REQUIRED = List.of(
            "bucket_id", "connection_id", "internal_id", "namespace_id", "source_path", "created_by_user_id", "locked");

    private static final List<String> INTEGERS = List.of(
            "polling_interval_seconds",
            "batch_size",
            "total_files_discovered",
            "total_files_synced",
            "total_files_failed",
            "total_bytes_synced",
            "consecutive_failures",
            "max_objects_per_run",
            "max_batch_chunk_size",
            "batch_chunk_size",
            "sync_run_counter",
            "batches_created",
            "resume_objects_processed",
            "resume_checkpoint_frequency");

    @Test
    void everythingThatTheyNeedIsThere() {
        JsonNode json = json(sync());

        assertThat(REQUIRED)
                .allSatisfy(field ->
                        assertThat(json.path(field).isValueNode()).as(field).isTrue());
        assertThat(json.path("sync_config_id").asString()).isEqualTo("sync_1");
        assertThat(json.path("internal_id").asString()).isEqualTo("org_1");
        assertThat(json.path("status").asString()).isEqualTo("PENDING");
        assertThat(json.path("is_active").asBoolean()).isTrue();
        assertThat(json.path("create_object_on_confirm").asBoolean()).isTrue();
        assertThat(json.path("resume_enabled").asBoolean()).isTrue();
        assertThat(json.path("reconcile_on_sync").asBoolean(true)).isFalse();
        assertThat(json.path("metadata").isObject()).isTrue();
        assertThat(json.path("batch_ids").isArray()).isTrue();
        assertThat(json.path("task_ids").isArray()).isTrue();
    }

    @Test
    void integersAreIntegersAndNothingIsNull() {
        JsonNode json = json(sync());

        assertThat(INTEGERS)
                .allSatisfy(field -> assertThat(json.path(field).isIntegralNumber())
                        .as(field)
                        .isTrue());
        assertThat(json.properties()).noneMatch(field -> field.getValue().isNull());
    }

    @Test
    void boundsHold() {
        JsonNode json = json(sync());

        assertThat(json.path("max_objects_per_run").asInt()).isGreaterThanOrEqualTo(1);
        assertThat(json.path("max_batch_chunk_size").asInt()).isBetween(1, 1000);
        assertThat(json.path("batch_chunk_size").asInt()).isBetween(1, 1000);
        assertThat(json.path("resume_checkpoint_frequency").asInt()).isBetween(100, 10_000);
    }

    @Test
    void anIntervalBeyondTheContractStandsInTheSyncConfigOnly() {
        Map<String, Object> sent = Map.of("sync_mode", "incremental", "polling_interval", 3600);

        JsonNode json = json(sync(settings(3600, sent), TaskStatus.PENDING, true, null, null, null));

        assertThat(json.has("polling_interval_seconds")).isFalse();
        assertThat(json.at("/sync_config/polling_interval").asInt()).isEqualTo(3600);
        assertThat(json.at("/sync_config/sync_mode").asString()).isEqualTo("incremental");
        assertThat(json.path("sync_mode").asString()).isEqualTo("continuous");
        assertThat(json(sync(settings(900, sent), TaskStatus.PENDING, true, null, null, null))
                        .path("polling_interval_seconds")
                        .asInt())
                .isEqualTo(900);
    }

    @Test
    void thereIsNoStatusPaused() {
        JsonNode json = json(sync(
                settings(300, null),
                TaskStatus.SUSPENDED,
                true,
                new Pause("Paused on request.", NOW, "usr_1"),
                null,
                null));

        assertThat(json.path("status").asString()).isEqualTo("SUSPENDED");
        assertThat(json.path("paused").asBoolean()).isTrue();
        assertThat(json.path("pause_reason").asString()).isEqualTo("Paused on request.");
        assertThat(json.path("paused_at").asString()).isEqualTo("2026-11-27T12:00:00Z");
        assertThat(json.path("paused_by_user_id").asString()).isEqualTo("usr_1");
        assertThat(json.has("next_sync_at")).isFalse();
    }

    @Test
    void oneThatRunsIsLocked() {
        Current current = new Current(RUN, Trigger.MANUAL, RunMode.INCREMENTAL, NOW, "worker-1");

        JsonNode json = json(sync(settings(300, null), TaskStatus.ACTIVE, true, null, current, null));

        assertThat(json.path("locked").asBoolean()).isTrue();
        assertThat(json.path("locked_by_worker_id").asString()).isEqualTo("worker-1");
        assertThat(json.path("locked_at").asString()).isEqualTo("2026-11-27T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 5000})
    void anErrorIsNeverTooLong(int length) {
        JsonNode json = json(sync(settings(300, null), TaskStatus.FAILED, true, null, null, "x".repeat(length)));

        assertThat(json.path("last_error").asString()).hasSizeLessThanOrEqualTo(1000);
    }

    @Test
    void onlyTheAnswerToItsCreationHasASyncId() {
        assertThat(json(sync()).has("sync_id")).isFalse();
        assertThat(SyncJson.MAPPER
                        .<JsonNode>valueToTree(SyncResponse.created(sync()))
                        .path("sync_id")
                        .asString())
                .isEqualTo("sync_1");
    }

    private static JsonNode json(SyncEntity sync) {
        return SyncJson.MAPPER.valueToTree(SyncResponse.of(sync));
    }
}
