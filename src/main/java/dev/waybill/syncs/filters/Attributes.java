package dev.waybill.syncs.filters;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes of a file beyond its listing: content type, user metadata and tags.
 *
 * @param contentType as reported by the source; null when it reports none
 * @param metadata user metadata, names in lower case
 * @param tags empty where they were not requested, see {@link FileFilters#needsTags}
 */
public record Attributes(@Nullable String contentType, Map<String, String> metadata, Map<String, String> tags) {

    public Attributes {
        metadata = Map.copyOf(metadata);
        tags = Map.copyOf(tags);
    }
}
