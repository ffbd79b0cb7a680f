package dev.waybill.syncs;

import dev.waybill.platform.errors.Violations;
import dev.waybill.syncs.settings.NewSync;
import dev.waybill.syncs.settings.NewSync.Inline;
import dev.waybill.syncs.settings.NewSync.Wanted;
import dev.waybill.syncs.settings.Settings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that creates a sync: over an existing connection, or with an inline one. */
@Schema(
        name = "SyncCreateRequest",
        description = "A sync to create. Either `connection_id` and `source_path` name what is there, or `provider`,"
                + " `connection` and `sync_config` bring a connection along.",
        example = """
                {"connection_id": "conn_a1B2c3D4e5F6g7H", "source_path": "my-source-bucket/videos", "file_filters": \
                {"include_patterns": ["*.mp4"]}, "polling_interval_seconds": 300}""")
record SyncCreateRequest(
        @Schema(
                description = "The connection's id (`conn_...`) or its name. Not together with `provider` or"
                        + " `connection`.",
                example = "conn_a1B2c3D4e5F6g7H")
        @Nullable
        String connectionId,

        @Schema(
                description = "What of the storage to take: `bucket`, `bucket/folder`, or `bucket/prefix*` for all keys"
                        + " that begin so. The provider's scheme (`s3://`) may stand in front. Needed with"
                        + " `connection_id`.",
                maxLength = SyncRules.MAX_PATH,
                example = "my-source-bucket/videos")
        @Nullable
        String sourcePath,

        @Schema(
                description = "`continuous` (also `incremental`, `scheduled`) goes on for ever, `full` too but tries"
                        + " again what is in quarantine, `initial_only` (also `one_time`, `once`) ends when everything"
                        + " was taken once. Default `continuous`.",
                example = "continuous")
        @Nullable
        String syncMode,

        @Schema(
                description = "Which files to take, all of which must hold: include_patterns, exclude_patterns,"
                        + " min_size_bytes, max_size_bytes, modified_after, modified_before, mime_types, extensions,"
                        + " metadata_filters.",
                example = "{\"include_patterns\": [\"*.mp4\"], \"min_size_bytes\": 1}")
        @Nullable
        Map<String, Object> fileFilters,

        @Schema(
                description =
                        "What becomes of a file and of what is known of it: `mappings` by the name of the target.",
                example =
                        "{\"mappings\": {\"content\": {\"target_type\": \"blob\", \"source\": {\"type\": \"file\"}}}}")
        @Nullable
        Map<String, Object> schemaMapping,

        @Schema(
                description = "Seconds from the start of one run to the next. Default 300.",
                example = "300",
                minimum = "30",
                maximum = "900")
        @Nullable
        Integer pollingIntervalSeconds,

        @Schema(
                description = "The same as `polling_interval_seconds`.",
                example = "300",
                minimum = "30",
                maximum = "900")
        @Nullable
        Integer pollingInterval,

        @Schema(
                description = "At most so many files are copied side by side. Default 50.",
                example = "50",
                minimum = "1",
                maximum = "100")
        @Nullable
        Integer batchSize,

        @Schema(
                description = "Whether a file whose bytes the bucket has already becomes no object of its own. Default"
                        + " true.",
                example = "true")
        @Nullable
        Boolean skipDuplicates,

        @Schema(description = "Whether new objects are left unprocessed. Default false.", example = "false") @Nullable
        Boolean skipBatchSubmission,

        @Schema(description = "What it is for, at most 500 characters.", maxLength = 500, example = "The shop's videos")
        @Nullable
        String description,

        @Schema(description = "Whatever you like to keep with it, at most 50 keys.", example = "{\"team\": \"shop\"}")
        @Nullable
        Map<String, Object> metadata,

        @Schema(description = "The same as in `file_filters`.", example = "[\"*.mp4\"]") @Nullable
        List<@Nullable String> includePatterns,

        @Schema(description = "The same as in `file_filters`.", example = "[\"*/drafts/*\"]") @Nullable
        List<@Nullable String> excludePatterns,

        @Schema(description = "The same as `modified_after` in `file_filters`.", example = "2026-01-01T00:00:00Z")
        @Nullable
        String modifiedSince,

        @Schema(
                description = "What is to become of objects whose files change or go. Changed files are updated always;"
                        + " what asks for deletes is refused for now.",
                example = "{\"on_delete\": false}")
        @Nullable
        Map<String, Object> reconcile,

        @Schema(description = "Refused when true, for now: it asks for deletes.", example = "false") @Nullable
        Boolean reconcileOnSync,

        @Schema(description = "Refused for now unless it is empty.") @Nullable
        Map<String, Object> providerFilters,

        @Schema(
                description = "For the form that brings a connection along: `s3`, `gcs`, `azure_blob`, `r2`,"
                        + " `backblaze`, `wasabi`, `tigris`, `supabase`, `box` or `mux`.",
                example = "s3")
        @Nullable
        String provider,

        @Schema(
                description = "The connection that comes along: `bucket_name`, the provider's settings and"
                        + " `credentials`; `name` if you like. One of the same provider, bucket and credentials is"
                        + " used again.",
                example = """
                        {"bucket_name": "my-source-bucket", "region": "us-east-1", "credentials": {"access_key_id": \
                        "AKIAIOSFODNN7EXAMPLE", "secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"}}""")
        @Nullable
        Map<String, Object> connection,

        @Schema(description = "What the sync is to do, in the form that brings a connection along.") @Nullable
        SyncConfigRequest syncConfig) {

    private static final List<String> BUCKETS = List.of("bucket_name", "bucket", "container_name", "container");

    /** @throws dev.waybill.platform.errors.InvalidRequest when it is invalid */
    NewSync read() {
        Violations violations = new Violations();
        boolean bringsConnection = provider != null || connection != null;
        NewSync read = bringsConnection ? inline(violations) : overConnection(violations);
        violations.refuse();
        return read;
    }

    private NewSync overConnection(Violations violations) {
        violations.has(List.of("body", "connection_id"), connectionId);
        if (syncConfig == null) {
            violations.has(List.of("body", "source_path"), sourcePath);
        }
        SyncConfigRequest config = (syncConfig == null ? SyncConfigRequest.NOTHING : syncConfig).or(own());
        Wanted wanted = wanted(config, List.of("body"), violations, Settings.MAX_INTERVAL, path(config));
        return new NewSync(String.valueOf(connectionId), null, wanted, "body");
    }

    private NewSync inline(Violations violations) {
        if (connectionId != null) {
            violations.add(
                    List.of("body", "connection_id"),
                    "names a connection, and provider or connection bring another one along; send one or the other",
                    "value_error");
        }
        violations.has(List.of("body", "provider"), provider);
        violations.has(List.of("body", "connection"), connection);
        SyncConfigRequest config = (syncConfig == null ? SyncConfigRequest.NOTHING : syncConfig).or(own());
        Map<String, Object> settings = new LinkedHashMap<>(connection == null ? Map.of() : connection);
        String name = name(settings, violations);
        String bucket = bucket(settings, violations);
        List<Object> at = syncConfig == null ? List.of("body") : List.of("body", "sync_config");
        String path = joined(bucket, settings.get("prefix"), path(config));
        Wanted wanted = wanted(config, at, violations, SyncRules.MAX_INLINE_INTERVAL, path);
        return new NewSync(
                null,
                new Inline(String.valueOf(provider), settings, name, config.sent()),
                wanted,
                syncConfig == null ? "body" : "body.sync_config");
    }

    private static String path(SyncConfigRequest config) {
        return config.sourcePath() == null ? "" : config.sourcePath();
    }

    private static @Nullable String name(Map<String, Object> settings, Violations violations) {
        Object name = settings.remove("name");
        if (name != null && !(name instanceof String)) {
            violations.add(List.of("body", "connection", "name"), "Input should be a valid string", "string_type");
        }
        return name instanceof String text ? text : null;
    }

    /** The bucket under any of its names; stored in the settings as {@code bucket_name}. */
    private static @Nullable String bucket(Map<String, Object> settings, Violations violations) {
        String bucket = null;
        for (String alias : BUCKETS) {
            Object value = settings.remove(alias);
            if (value == null) {
                continue;
            }
            List<Object> at = List.of("body", "connection", alias);
            if (!(value instanceof String text)) {
                violations.add(at, "Input should be a valid string", "string_type");
            } else if (bucket != null && !bucket.equals(text)) {
                violations.add(at, "names another bucket than '%s'; send one of them".formatted(bucket), "value_error");
            } else {
                bucket = text;
            }
        }
        if (bucket != null) {
            settings.put("bucket_name", bucket);
        }
        return bucket;
    }

    /** The path as in the other form: with the bucket in front, and the connection's prefix. */
    private static String joined(@Nullable String bucket, @Nullable Object prefix, String path) {
        String below = path.startsWith("/") ? path.substring(1) : path;
        if (bucket == null) {
            return below;
        }
        if (below.contains("://") || below.equals(bucket) || below.startsWith(bucket + "/")) {
            return below;
        }
        String within = prefix instanceof String text ? text : "";
        within = within.startsWith("/") ? within.substring(1) : within;
        if (!within.isEmpty() && !within.endsWith("/") && !below.isEmpty()) {
            within += "/";
        }
        String key = within + below;
        return key.isEmpty() ? bucket : bucket + "/" + key;
    }

    private static Wanted wanted(
            SyncConfigRequest config, List<Object> at, Violations violations, int maxInterval, String path) {
        SyncRules rules = new SyncRules(at, violations);
        rules.sourcePath(config.sourcePath());
        rules.free("file_filters", config.fileFilters());
        rules.free("schema_mapping", config.schemaMapping());
        rules.reconcile(config.reconcile(), config.reconcileOnSync());
        rules.providerFilters(config.providerFilters());
        return new Wanted(
                path,
                rules.mode(config.syncMode()),
                rules.interval(config.pollingIntervalSeconds(), config.pollingInterval(), maxInterval),
                rules.batchSize(config.batchSize()),
                config.skipDuplicates() == null || config.skipDuplicates(),
                Boolean.TRUE.equals(config.skipBatchSubmission()),
                config.fileFilters(),
                config.filtersBeside(),
                config.schemaMapping(),
                rules.description(config.description()),
                rules.metadata(config.metadata()));
    }

    /** The fields beside {@code sync_config}. */
    private SyncConfigRequest own() {
        return new SyncConfigRequest(
                sourcePath,
                syncMode,
                pollingInterval,
                pollingIntervalSeconds,
                batchSize,
                skipDuplicates,
                skipBatchSubmission,
                fileFilters,
                schemaMapping,
                includePatterns,
                excludePatterns,
                modifiedSince,
                reconcile,
                reconcileOnSync,
                providerFilters,
                description,
                metadata);
    }

    /** It may hold secrets. */
    @Override
    public String toString() {
        return "SyncCreateRequest[%s]".formatted(provider == null ? connectionId : provider);
    }
}
