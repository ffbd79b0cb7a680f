package dev.waybill.namespaces;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What turns a namespace's objects into features, as it is stored.
 *
 * @param version such as {@code v1}
 * @param params kept as they were given; null when there were none
 */
record FeatureExtractor(
        String featureExtractorName,
        String version,
        @Nullable Map<String, Object> params) {

    /** The id that others refer to it by, such as {@code text_extractor_v1}. */
    String id() {
        return featureExtractorName + "_" + version;
    }
}
