package dev.waybill.syncs;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a sync, as sent in {@code sync_config} of the one-step form. All fields are optional. */
@Schema(
        name = "SyncConfig-Input",
        description = "What the sync is to do, for the form that brings its connection along. The fields beside"
                + " `sync_config` hold where it does not say.",
        example = "{\"source_path\": \"/videos/\", \"sync_mode\": \"incremental\", \"polling_interval\": 3600}")
record SyncConfigRequest(
        @Schema(
                description = "The folder within the bucket; `/`, empty or left out for the whole bucket.",
                example = "/videos/")
        @Nullable
        String sourcePath,

        @Schema(description = "As in the request itself.", example = "incremental") @Nullable
        String syncMode,

        @Schema(
                description = "Seconds from the start of one run to the next, 30 to 86 400 here.",
                example = "3600",
                minimum = "30",
                maximum = "86400")
        @Nullable
        Integer pollingInterval,

        @Schema(description = "The same as `polling_interval`.", example = "3600", minimum = "30", maximum = "86400")
        @Nullable
        Integer pollingIntervalSeconds,

        @Schema(description = "As in the request itself.", example = "50", minimum = "1", maximum = "100") @Nullable
        Integer batchSize,

        @Schema(description = "As in the request itself.", example = "false") @Nullable
        Boolean skipDuplicates,

        @Schema(description = "As in the request itself.", example = "false") @Nullable
        Boolean skipBatchSubmission,

        @Schema(description = "As in the request itself.", example = "{\"include_patterns\": [\"*.mp4\"]}") @Nullable
        Map<String, Object> fileFilters,

        @Schema(description = "As in the request itself.", example = "{\"mappings\": {}}") @Nullable
        Map<String, Object> schemaMapping,

        @Schema(description = "As in the request itself.", example = "[\"*.mp4\"]") @Nullable
        List<@Nullable String> includePatterns,

        @Schema(description = "As in the request itself.", example = "[\"*/drafts/*\"]") @Nullable
        List<@Nullable String> excludePatterns,

        @Schema(description = "As in the request itself.", example = "2026-01-01T00:00:00Z") @Nullable
        String modifiedSince,

        @Schema(description = "As in the request itself.", example = "{\"on_delete\": false}") @Nullable
        Map<String, Object> reconcile,

        @Schema(description = "As in the request itself.", example = "false") @Nullable
        Boolean reconcileOnSync,

        @Schema(description = "As in the request itself.") @Nullable
        Map<String, Object> providerFilters,

        @Schema(description = "As in the request itself.", example = "Videos of the shop") @Nullable
        String description,

        @Schema(description = "As in the request itself.", example = "{\"team\": \"shop\"}") @Nullable
        Map<String, Object> metadata) {

    static final SyncConfigRequest NOTHING = new SyncConfigRequest(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /** These settings, with the other's where a field is missing. */
    SyncConfigRequest or(SyncConfigRequest other) {
        return new SyncConfigRequest(
                first(sourcePath, other.sourcePath),
                first(syncMode, other.syncMode),
                first(pollingInterval, other.pollingInterval),
                first(pollingIntervalSeconds, other.pollingIntervalSeconds),
                first(batchSize, other.batchSize),
                first(skipDuplicates, other.skipDuplicates),
                first(skipBatchSubmission, other.skipBatchSubmission),
                first(fileFilters, other.fileFilters),
                first(schemaMapping, other.schemaMapping),
                first(includePatterns, other.includePatterns),
                first(excludePatterns, other.excludePatterns),
                first(modifiedSince, other.modifiedSince),
                first(reconcile, other.reconcile),
                first(reconcileOnSync, other.reconcileOnSync),
                first(providerFilters, other.providerFilters),
                first(description, other.description),
                first(metadata, other.metadata));
    }

    /** The known fields that were sent, by their JSON names, for the response to repeat. */
    Map<String, Object> sent() {
        Map<String, Object> sent = new LinkedHashMap<>();
        put(sent, "source_path", sourcePath);
        put(sent, "sync_mode", syncMode);
        put(sent, "polling_interval", pollingInterval);
        put(sent, "polling_interval_seconds", pollingIntervalSeconds);
        put(sent, "batch_size", batchSize);
        put(sent, "skip_duplicates", skipDuplicates);
        put(sent, "skip_batch_submission", skipBatchSubmission);
        put(sent, "file_filters", fileFilters);
        put(sent, "schema_mapping", schemaMapping);
        put(sent, "include_patterns", includePatterns);
        put(sent, "exclude_patterns", excludePatterns);
        put(sent, "modified_since", modifiedSince);
        put(sent, "description", description);
        put(sent, "metadata", metadata);
        return sent;
    }

    /** Filters under their older names. */
    Map<String, Object> filtersBeside() {
        Map<String, Object> beside = new LinkedHashMap<>();
        put(beside, "include_patterns", includePatterns);
        put(beside, "exclude_patterns", excludePatterns);
        put(beside, "modified_since", modifiedSince);
        return beside;
    }

    private static void put(Map<String, Object> sent, String name, @Nullable Object value) {
        if (value != null) {
            sent.put(name, value);
        }
    }

    private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }
}
