package dev.waybill.syncs.settings;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parsed request to create a sync, before any lookups.
 *
 * @param connection id or name of the connection; null for the form with an inline one
 * @param inline the inline connection; null for the other form
 * @param wanted the requested settings
 * @param at path of its fields in the request, for messages: {@code body}, or {@code body.sync_config}
 */
public record NewSync(@Nullable String connection, @Nullable Inline inline, Wanted wanted, String at) {

    /**
     * An inline connection. It holds secrets.
     *
     * @param provider as it was sent
     * @param config the provider's settings, {@code bucket_name} among them where a bucket was named
     * @param name null to generate one
     * @param sent what the response repeats as {@code sync_config}
     */
    public record Inline(
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
     * The requested settings of a sync.
     *
     * @param fileFilters null for none
     * @param filtersBeside filters that were sent beside them, by their names there
     * @param schemaMapping null for none
     */
    public record Wanted(
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
