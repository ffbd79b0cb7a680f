package dev.waybill.syncs;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sync that is wanted, as far as it can be understood without looking anything up.
 *
 * @param connection id or name of the connection; null for the form that brings one along
 * @param inline what it brings along; null for the other form
 * @param wanted what it is to do
 * @param at where its fields stand in the request, for messages: {@code body}, or {@code body.sync_config}
 */
record NewSync(@Nullable String connection, @Nullable Inline inline, Wanted wanted, String at) {

    /**
     * A connection that comes with the request. It holds secrets.
     *
     * @param provider as it was written
     * @param config the provider's settings, {@code bucket_name} among them where a bucket was named
     * @param name null to have one made up
     * @param sent what the answer repeats as {@code sync_config}
     */
    record Inline(
            String provider,
            Map<String, Object> config,
            @Nullable String name,
            Map<String, Object> sent) {

        @Override
        public String toString() {
            return "Inline[%s]".formatted(provider);
        }
    }

    /**
     * What a sync is to do.
     *
     * @param fileFilters null for none
     * @param filtersBeside filters that stood beside them, by their names there
     * @param schemaMapping null for none
     */
    record Wanted(
            String sourcePath,
            SyncModes.Choice mode,
            int pollingIntervalSeconds,
            int batchSize,
            boolean skipDuplicates,
            boolean skipBatchSubmission,
            @Nullable Map<String, Object> fileFilters,
            Map<String, Object> filtersBeside,
            @Nullable Map<String, Object> schemaMapping,
            @Nullable String description,
            Map<String, Object> metadata) {}
}
