package dev.waybill.namespaces;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A feature extractor in requests. */
@Schema(name = "BaseFeatureExtractorModel-Input")
record FeatureExtractorRequest(
        @Schema(
                description = "The extractor's name. An unknown one is refused with the list of the known.",
                example = "multimodal_extractor",
                requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String featureExtractorName,

        @Schema(description = "The extractor's version.", example = "v1", requiredMode = Schema.RequiredMode.REQUIRED)
        @Nullable
        String version,

        @Schema(description = "Settings of the extractor, kept as they are given.", example = "{\"language\": \"en\"}")
        @Nullable
        Map<String, Object> params) {

    /** Reads the extractor; adds a violation for each part that is missing or wrong. */
    FeatureExtractor read(int index, Violations violations) {
        violations.has(List.of("body", "feature_extractors", index, "feature_extractor_name"), featureExtractorName);
        violations.has(List.of("body", "feature_extractors", index, "version"), version);
        FreeJson.violation(List.of("body", "feature_extractors", index, "params"), params)
                .ifPresent(violations::add);
        return new FeatureExtractor(
                featureExtractorName == null ? "" : featureExtractorName, version == null ? "" : version, params);
    }
}
