package dev.waybill.namespaces;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A feature extractor of a namespace, which turns its objects into features; as stored and in responses.
 *
 * @param version such as {@code v1}
 * @param params stored as sent; null when there were none
 */
@Schema(name = "BaseFeatureExtractorModel-Output")
record FeatureExtractor(
        @Schema(description = "The extractor's name.", example = "multimodal_extractor")
        String featureExtractorName,

        @Schema(description = "The extractor's version.", example = "v1")
        String version,

        @Schema(
                description = "Settings of the extractor, as they were given; left out when there were none.",
                example = "{\"language\": \"en\"}")
        @Nullable
        Map<String, Object> params) {

    /** The id that others refer to it by, such as {@code text_extractor_v1}. */
    @JsonProperty("feature_extractor_id")
    @Schema(
            description = "Name and version in one, for others to refer to.",
            requiredMode = Schema.RequiredMode.REQUIRED,
            example = "multimodal_extractor_v1")
    String id() {
        return featureExtractorName + "_" + version;
    }
}
