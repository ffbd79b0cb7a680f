package dev.waybill.syncs;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.Change;
import dev.waybill.syncs.settings.Settings;
import dev.waybill.syncs.settings.SyncChange;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Request body that updates a sync. Omitted fields stay unchanged. */
@Schema(
        name = "SyncUpdateRequest",
        description = "Changes to a sync; they hold from the next run on. What is left out stays as it is.",
        example = "{\"description\": \"The shop's videos\", \"polling_interval_seconds\": 600}")
record SyncUpdateRequest(
        @Schema(
                implementation = String.class,
                description = "At most 500 characters; empty or null removes it.",
                maxLength = SyncRules.MAX_DESCRIPTION)
        @Nullable
        Change<String> description,

        @Schema(
                implementation = Map.class,
                description = "Takes the place of the old one as a whole, at most 50 keys; null empties it.",
                example = "{\"team\": \"shop\"}")
        @Nullable
        Change<Map<String, Object>> metadata,

        @Schema(
                description = "`SUSPENDED` or `paused` pauses it, `ACTIVE` resumes it; case makes no difference.",
                example = "ACTIVE")
        @Nullable
        String status,

        @Schema(description = "Whether it runs at all; holds at once.", example = "true") @Nullable
        Boolean isActive,

        @Schema(
                description = "Seconds from the start of one run to the next.",
                example = "600",
                minimum = "30",
                maximum = "900")
        @Nullable
        Integer pollingIntervalSeconds,

        @Schema(
                description = "The same as `polling_interval_seconds`.",
                example = "600",
                minimum = "30",
                maximum = "900")
        @Nullable
        Integer pollingInterval,

        @Schema(
                description = "At most so many files are copied side by side.",
                example = "50",
                minimum = "1",
                maximum = "100")
        @Nullable
        Integer batchSize,

        @Schema(
                implementation = Map.class,
                description = "Takes the place of the old one as a whole; null removes it. Files that were taken"
                        + " already stay as they are.",
                example =
                        "{\"mappings\": {\"content\": {\"target_type\": \"blob\", \"source\": {\"type\": \"file\"}}}}")
        @Nullable
        Change<Map<String, Object>> schemaMapping,

        @Schema(
                implementation = Map.class,
                description = "Takes the place of the old ones as a whole; null removes them. The next run lists from"
                        + " the start. Objects of files that do not match any more stay.",
                example = "{\"include_patterns\": [\"*.mp4\"]}")
        @Nullable
        Change<Map<String, Object>> fileFilters,

        @Schema(description = "Another way to go on.", example = "continuous") @Nullable
        String syncMode,

        @Schema(
                description = "Another part of the storage; the next run lists from the start, and objects of the old"
                        + " part stay.",
                maxLength = SyncRules.MAX_PATH,
                example = "my-source-bucket/videos/2026")
        @Nullable
        String sourcePath,

        @Schema(description = "Whether new objects are left unprocessed.", example = "false") @Nullable
        Boolean skipBatchSubmission,

        @Schema(
                description = "Whether a file whose bytes the bucket has already becomes no object of its own.",
                example = "true")
        @Nullable
        Boolean skipDuplicates,

        @Schema(description = "What asks for deletes is refused for now.", example = "{\"on_delete\": false}") @Nullable
        Map<String, Object> reconcile,

        @Schema(description = "Refused when true, for now: it asks for deletes.", example = "false") @Nullable
        Boolean reconcileOnSync) {

    /** @throws dev.waybill.platform.errors.InvalidRequest when it is invalid */
    SyncChange read() {
        Violations violations = new Violations();
        SyncRules rules = new SyncRules(List.of("body"), violations);
        Change<String> text = Change.orNone(description);
        Change<Map<String, Object>> free = Change.orNone(metadata);
        Change<Map<String, Object>> mapping = Change.orNone(schemaMapping);
        Change<Map<String, Object>> filters = Change.orNone(fileFilters);
        rules.sourcePath(sourcePath);
        rules.free("schema_mapping", mapping.value());
        rules.free("file_filters", filters.value());
        rules.reconcile(reconcile, reconcileOnSync);
        int interval = rules.interval(pollingIntervalSeconds, pollingInterval, Settings.MAX_INTERVAL);
        int size = rules.batchSize(batchSize);
        SyncChange read = new SyncChange(
                text.given() ? Change.to(rules.description(text.value())) : text,
                free.given() ? Change.to(rules.metadata(free.value())) : free,
                paused(rules),
                isActive,
                pollingIntervalSeconds == null && pollingInterval == null ? null : interval,
                batchSize == null ? null : size,
                mapping,
                filters,
                syncMode == null ? null : rules.mode(syncMode),
                sourcePath,
                skipBatchSubmission,
                skipDuplicates);
        violations.refuse();
        return read;
    }

    private @Nullable Boolean paused(SyncRules rules) {
        if (status == null) {
            return null;
        }
        return switch (status.toUpperCase(Locale.ROOT)) {
            case "SUSPENDED", "PAUSED" -> true;
            case "ACTIVE" -> false;
            default -> {
                rules.add(
                        "status",
                        "Input should be 'ACTIVE' to resume it, or 'SUSPENDED' to pause it; all else is told by the"
                                + " service",
                        "enum");
                yield null;
            }
        };
    }
}
