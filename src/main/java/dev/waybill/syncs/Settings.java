package dev.waybill.syncs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers set. Maps hold JSON values.
 *
 * @param sourcePath as it was sent
 * @param fileFilters as the filters tell themselves; null for none
 * @param schemaMapping as the mapping tells itself; null for none
 * @param pollingIntervalSeconds 30 to 86 400
 * @param batchSize at most so many files are copied side by side, 1 to 100
 * @param full whether each run is a full one
 * @param inline the {@code sync_config} of the one-step form as it was sent; null for the contract's form
 */
record Settings(
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

    /** As the contract has it; a strict client takes no answer with more. */
    static final int MAX_INTERVAL = 900;

    Selection selection() {
        return new Selection(sourcePath, fileFilters);
    }

    /** Which files are looked at. A cursor is worth something only in a listing of the same. */
    record Selection(String sourcePath, @Nullable Map<String, Object> fileFilters) {}
}
