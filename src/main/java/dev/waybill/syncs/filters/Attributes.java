package dev.waybill.syncs.filters;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file beyond its listing.
 *
 * @param contentType as the source tells it; null when it tells none
 * @param metadata what users put beside the file, names in lower case
 * @param tags empty where they were not asked for, see {@link FileFilters#needsTags}
 */
public record Attributes(@Nullable String contentType, Map<String, String> metadata, Map<String, String> tags) {

    public Attributes {
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
    }
}
