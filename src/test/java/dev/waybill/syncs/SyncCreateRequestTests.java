package dev.waybill.syncs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.syncs.runs.SyncJson;
import dev.waybill.syncs.settings.NewSync;
import dev.waybill.syncs.settings.NewSync.Inline;
import dev.waybill.syncs.settings.NewSync.Wanted;
import dev.waybill.syncs.settings.SyncMode;
import dev.waybill.syncs.settings.SyncModes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncCreateRequestTests {

    private static final String QUICKSTART = """
            {"provider": "s3",
             "connection": {"bucket_name": "my-source-bucket", "region": "us-east-1",
                            "credentials": {"access_key_id": "AKIAIOSFODNN7EXAMPLE",
                                            "secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}},
             "sync_config": {"source_path": "/videos/", "sync_mode": "incremental", "polling_interval": 3600}}""";

    @Test
    void theQuickstartsFormIsReadAsItStands() {
        NewSync read = read(QUICKSTART);

        Inline inline = Objects.requireNonNull(read.inline());
        assertThat(inline.provider()).isEqualTo("s3");
        assertThat(inline.config())
                .containsEntry("bucket_name", "my-source-bucket")
                .containsKey("credentials");
        assertThat(inline.name()).isNull();
        assertThat(inline.sent())
                .isEqualTo(Map.of("source_path", "/videos/", "sync_mode", "incremental", "polling_interval", 3600));
        Wanted wanted = read.wanted();
        assertThat(wanted.sourcePath()).isEqualTo("my-source-bucket/videos/");
        assertThat(wanted.mode()).isEqualTo(new SyncModes.Choice(SyncMode.CONTINUOUS, false));
        assertThat(wanted.pollingIntervalSeconds()).isEqualTo(3600);
        assertThat(wanted.batchSize()).isEqualTo(50);
        assertThat(wanted.skipDuplicates()).isTrue();
        assertThat(wanted.skipBatchSubmission()).isFalse();
        assertThat(read.connection()).isNull();
        assertThat(read.at()).isEqualTo("body.sync_config");
    }

    @Test
    void fieldsBesideTheConfigAreReturnedInItToo() {
        NewSync read = read(QUICKSTART.replace(", \"polling_interval\": 3600}", "}, \"polling_interval\": 7200"));

        assertThat(read.wanted().pollingIntervalSeconds()).isEqualTo(7200);
        assertThat(Objects.requireNonNull(read.inline()).sent()).containsEntry("polling_interval", 7200);
    }

    @Test
    void nothingThatHoldsSecretsPrintsThem() {
        SyncCreateRequest request = SyncJson.MAPPER.readValue(QUICKSTART, SyncCreateRequest.class);

        assertThat(request.toString()).doesNotContain("wJalr").doesNotContain("AKIA");
        assertThat(request.read().toString()).doesNotContain("wJalr").doesNotContain("AKIA");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, b",
                "-, /, b",
                "-, '', b",
                "-, /videos/, b/videos/",
                "-, videos, b/videos",
                "-, b, b",
                "-, b/videos, b/videos",
                "-, s3://b/videos, s3://b/videos",
                "p, -, b/p",
                "p, /videos/, b/p/videos/",
                "/p/, videos*, b/p/videos*"
            })
    void thePathOfTheInlineFormIsWithinItsBucket(String prefix, String path, String joined) {
        Map<String, Object> connection =
                prefix == null ? Map.of("bucket_name", "b") : Map.of("bucket_name", "b", "prefix", prefix);
        Map<String, Object> config = path == null ? Map.of() : Map.of("source_path", path);

        assertThat(read(Map.of("provider", "s3", "connection", connection, "sync_config", config))
                        .wanted()
                        .sourcePath())
                .isEqualTo(joined);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bucket_name", "bucket", "container", "container_name"})
    void theBucketHasSeveralNames(String name) {
        NewSync read = read(Map.of("provider", "s3", "connection", Map.of(name, "b", "name", "Videos")));

        Inline inline = Objects.requireNonNull(read.inline());
        assertThat(inline.config()).isEqualTo(Map.of("bucket_name", "b"));
        assertThat(inline.name()).isEqualTo("Videos");
        assertThat(read.wanted().sourcePath()).isEqualTo("b");
    }

    @Test
    void twoBucketsAreOneTooMany() {
        assertThat(refused(Map.of("provider", "s3", "connection", Map.of("bucket_name", "a", "bucket", "b"))))
                .containsExactly("body.connection.bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "continuous, CONTINUOUS, false",
        "incremental, CONTINUOUS, false",
        "scheduled, CONTINUOUS, false",
        "FULL, CONTINUOUS, true",
        "initial_only, INITIAL_ONLY, false",
        "one_time, INITIAL_ONLY, false",
        "once, INITIAL_ONLY, false"
    })
    void aModeHasSeveralNames(String name, SyncMode mode, boolean full) {
        assertThat(read(contract(Map.of("sync_mode", name))).wanted().mode())
                .isEqualTo(new SyncModes.Choice(mode, full));
    }

    @Test
    void theContractsFormHasItsDefaults() {
        NewSync read = read(contract(Map.of()));

        assertThat(read.connection()).isEqualTo("conn_1");
        assertThat(read.inline()).isNull();
        assertThat(read.wanted())
                .isEqualTo(new Wanted(
                        "b/videos",
                        new SyncModes.Choice(SyncMode.CONTINUOUS, false),
                        300,
                        50,
                        true,
                        false,
                        null,
                        Map.of(),
                        null,
                        null,
                        Map.of()));
    }

    @Test
    void olderNamesOfFiltersStandBesideThem() {
        NewSync read = read(contract(Map.of(
                "include_patterns", List.of("*.mp4"),
                "exclude_patterns", List.of("*/drafts/*"),
                "modified_since", "2026-01-01T00:00:00Z",
                "file_filters", Map.of("min_size_bytes", 1))));

        assertThat(read.wanted().fileFilters()).isEqualTo(Map.of("min_size_bytes", 1));
        assertThat(read.wanted().filtersBeside())
                .isEqualTo(Map.of(
                        "include_patterns", List.of("*.mp4"),
                        "exclude_patterns", List.of("*/drafts/*"),
                        "modified_since", "2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "polling_interval_seconds, 29",
        "polling_interval_seconds, 901",
        "polling_interval_seconds, 3600",
        "polling_interval, 3600",
        "batch_size, 0",
        "batch_size, 101"
    })
    void numbersOutOfBoundsAreRefused(String field, int value) {
        assertThat(refused(contract(Map.of(field, value)))).containsExactly("body." + field);
    }

    @ParameterizedTest
    @CsvSource({"29, false", "30, true", "86400, true", "86401, false"})
    void theInlineFormMayWaitForADay(int interval, boolean accepted) {
        Map<String, Object> request = Map.of(
                "provider", "s3",
                "connection", Map.of("bucket_name", "b"),
                "sync_config", Map.of("polling_interval", interval));
        if (accepted) {
            assertThat(read(request).wanted().pollingIntervalSeconds()).isEqualTo(interval);
        } else {
            assertThat(refused(request)).containsExactly("body.sync_config.polling_interval");
        }
    }

    @Test
    void contradictoryIntervalsAreRefused() {
        assertThat(refused(contract(Map.of("polling_interval", 300, "polling_interval_seconds", 600))))
                .containsExactly("body.polling_interval");
        assertThat(read(contract(Map.of("polling_interval", 600, "polling_interval_seconds", 600)))
                        .wanted()
                        .pollingIntervalSeconds())
                .isEqualTo(600);
    }

    @Test
    void oneConnectionIsEnough() {
        assertThat(refused(contract(Map.of("provider", "s3", "connection", Map.of("bucket_name", "b")))))
                .containsExactly("body.connection_id");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThat(refused(Map.of())).containsExactly("body.connection_id", "body.source_path");
        assertThat(refused(Map.of("provider", "s3"))).containsExactly("body.connection");
        assertThat(refused(Map.of("connection", Map.of()))).containsExactly("body.provider");
    }

    @Test
    void requestsForDeletesAreRefusedAsUnsupported() {
        InvalidRequest refusal = refusal(contract(Map.of(
                "reconcile",
                Map.of("on_delete", true, "on_filter_drift", "delete", "on_update", true),
                "reconcile_on_sync",
                true)));

        assertThat(refusal.violations())
                .extracting(one -> String.join(
                        ".", one.location().stream().map(Object::toString).toList()))
                .containsExactlyInAnyOrder(
                        "body.reconcile_on_sync", "body.reconcile.on_delete", "body.reconcile.on_filter_drift");
        assertThat(refusal.violations())
                .allSatisfy(one -> assertThat(one.message())
                        .contains("Guarded deletes are not here yet")
                        .contains("Send false"));
    }

    @Test
    void explicitlyDisabledDeletesAreAccepted() {
        Map<String, Object> reconcile = Map.of(
                "on_delete", false, "on_update", true, "re_extract_on_update", false, "re_extract_fields", List.of());

        assertThat(read(contract(Map.of(
                                "reconcile", reconcile, "reconcile_on_sync", false, "provider_filters", Map.of())))
                        .connection())
                .isEqualTo("conn_1");
    }

    @Test
    void unsupportedFieldsAreNotIgnoredSilently() {
        assertThat(refused(contract(Map.of(
                        "reconcile", Map.of("re_extract_on_update", true),
                        "provider_filters", Map.of("passthrough", "x")))))
                .containsExactlyInAnyOrder("body.reconcile.re_extract_on_update", "body.provider_filters");
    }

    @Test
    void metadataAndDescriptionAreBounded() {
        Map<String, Object> many = new HashMap<>();
        for (int i = 0; i <= 50; i++) {
            many.put("key" + i, i);
        }
        assertThat(refused(contract(Map.of("metadata", many, "description", "x".repeat(501)))))
                .containsExactlyInAnyOrder("body.metadata", "body.description");
    }

    private static Map<String, Object> contract(Map<String, ?> more) {
        Map<String, Object> request = new HashMap<>(Map.of("connection_id", "conn_1", "source_path", "b/videos"));
        request.putAll(more);
        return request;
    }

    private static NewSync read(Object request) {
        String json = request instanceof String text ? text : SyncJson.MAPPER.writeValueAsString(request);
        return SyncJson.MAPPER.readValue(json, SyncCreateRequest.class).read();
    }

    private static InvalidRequest refusal(Map<String, ?> request) {
        return Objects.requireNonNull(catchThrowableOfType(InvalidRequest.class, () -> read(request)));
    }

    private static List<String> refused(Map<String, ?> request) {
        return refusal(request).violations().stream()
                .map(one -> String.join(
                        ".", one.location().stream().map(Object::toString).toList()))
                .toList();
    }
}
