package dev.waybill.syncs.settings;

import dev.waybill.platform.json.Change;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed update of a sync; what is null, or was not sent, stays unchanged.
 *
 * @param paused true to pause it, false to resume it
 */
public record SyncChange(
        Change<String> description,
        Change<Map<String, Object>> metadata,
        @Nullable Boolean paused,
        @Nullable Boolean active,
        @Nullable Integer pollingIntervalSeconds,
        @Nullable Integer batchSize,
        Change<Map<String, Object>> schemaMapping,
        Change<Map<String, Object>> fileFilters,
        SyncModes.@Nullable Choice mode,
        @Nullable String sourcePath,
        @Nullable Boolean skipBatchSubmission,
        @Nullable Boolean skipDuplicates) {}
