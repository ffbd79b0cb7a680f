package dev.waybill.syncs.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings by callers. Maps hold JSON values.
 *
 * @param sourcePath as it was sent
 * @param fileFilters as {@link dev.waybill.syncs.filters.FileFilters#json} has them; null for none
 * @param schemaMapping as {@link dev.waybill.syncs.mapping.SchemaMapping#json} has it; null for none
 * @param pollingIntervalSeconds 30 to 86 400
 * @param batchSize how many files are copied concurrently at most, 1 to 100
 * @param full whether each run is a full one
 * @param inline the {@code sync_config} of the one-step form as it was sent; null for the contract's form
 */
public record Settings(
        String sourcePath,
        @Nullable String description,
        @Nullable Map<String, Object> fileFilters,
        @Nullable Map<String, Object> schemaMapping,
        SyncMode syncMode,
        int pollingIntervalSeconds,
        int batchSize,
        boolean skipDuplicates,
        boolean skipBatchSubmission,
        boolean full,
        int maxObjectsPerRun,
        int batchChunkSize,
        Map<String, Object> metadata,
        @Nullable Map<String, Object> inline) {

    /** As in the contract; a strict client rejects responses with more. */
    public static final int MAX_INTERVAL = 900;

    public Selection selection() {
        return new Selection(sourcePath, fileFilters);
    }

    /** Which files are listed. A cursor is valid only in a listing of the same selection. */
    public record Selection(String sourcePath, @Nullable Map<String, Object> fileFilters) {}
}
