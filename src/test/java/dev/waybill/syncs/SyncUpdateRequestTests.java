package dev.waybill.syncs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.json.Change;
import dev.waybill.syncs.runs.SyncJson;
import dev.waybill.syncs.settings.SyncChange;
import dev.waybill.syncs.settings.SyncMode;
import dev.waybill.syncs.settings.SyncModes;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncUpdateRequestTests {

    @Test
    void anEmptyOneChangesNothing() {
        assertThat(read("{}"))
                .isEqualTo(new SyncChange(
                        Change.none(),
                        Change.none(),
                        null,
                        null,
                        null,
                        null,
                        Change.none(),
                        Change.none(),
                        null,
                        null,
                        null,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null"})
    void aDescriptionIsCleared(String nothing) {
        assertThat(read("{\"description\": %s}".formatted(nothing)).description())
                .isEqualTo(Change.to(null));
    }

    @Test
    void nullDiffersFromOmitted() {
        SyncChange change = read("{\"metadata\": null, \"schema_mapping\": null, \"file_filters\": null}");

        assertThat(change.metadata()).isEqualTo(Change.to(Map.of()));
        assertThat(change.schemaMapping()).isEqualTo(Change.to(null));
        assertThat(change.fileFilters()).isEqualTo(Change.to(null));
    }

    @ParameterizedTest
    @CsvSource({"paused, true", "PAUSED, true", "SUSPENDED, true", "suspended, true", "ACTIVE, false", "active, false"})
    void theStatusPausesAndResumes(String status, boolean paused) {
        assertThat(read("{\"status\": \"%s\"}".formatted(status)).paused()).isEqualTo(paused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"COMPLETED", "FAILED", "PENDING", "nonsense", ""})
    void anyOtherStatusIsTheServicesOwn(String status) {
        assertThat(refused("{\"status\": \"%s\"}".formatted(status))).isEqualTo("[body, status]");
    }

    @ParameterizedTest
    @CsvSource({"polling_interval_seconds, 901", "polling_interval, 3600", "batch_size, 101", "batch_size, 0"})
    void numbersOutOfBoundsAreRefused(String field, int value) {
        assertThat(refused("{\"%s\": %d}".formatted(field, value))).isEqualTo("[body, %s]".formatted(field));
    }

    @Test
    void sentFieldsAreRead() {
        SyncChange change = read("""
                {"polling_interval": 60, "batch_size": 7, "sync_mode": "once", "source_path": "b/x",
                 "skip_batch_submission": true, "skip_duplicates": false, "is_active": false}""");

        assertThat(change.pollingIntervalSeconds()).isEqualTo(60);
        assertThat(change.batchSize()).isEqualTo(7);
        assertThat(change.mode()).isEqualTo(new SyncModes.Choice(SyncMode.INITIAL_ONLY, false));
        assertThat(change.sourcePath()).isEqualTo("b/x");
        assertThat(change.skipBatchSubmission()).isTrue();
        assertThat(change.skipDuplicates()).isFalse();
        assertThat(change.active()).isFalse();
    }

    @Test
    void deletesAreRefusedHereToo() {
        assertThat(refused("{\"reconcile_on_sync\": true}")).isEqualTo("[body, reconcile_on_sync]");
        assertThat(refused("{\"reconcile\": {\"on_delete\": true}}")).isEqualTo("[body, reconcile, on_delete]");
    }

    private static SyncChange read(String json) {
        return SyncJson.MAPPER.readValue(json, SyncUpdateRequest.class).read();
    }

    private static String refused(String json) {
        InvalidRequest refusal = Objects.requireNonNull(catchThrowableOfType(InvalidRequest.class, () -> read(json)));
        assertThat(refusal.violations()).hasSize(1);
        return refusal.violations().getFirst().location().toString();
    }
}
