package dev.waybill.namespaces;

import dev.waybill.extraction.Extractors;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The feature extractors that namespaces may name: all that are installed. */
@Component
class ExtractorCatalogue {

    private final Extractors extractors;

    ExtractorCatalogue(Extractors extractors) {
        this.extractors = extractors;
    }

    /** Refuses an extractor that nobody knows, and lists the known ones. */
    void require(FeatureExtractor wanted) {
        if (extractors.find(wanted.featureExtractorName(), wanted.version()).isPresent()) {
            return;
        }
        List<String> known = extractors.known();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("feature_extractor_name", wanted.featureExtractorName());
        details.put("version", wanted.version());
        details.put("known", known);
        throw new WaybillException(
                ErrorCode.UNKNOWN_EXTRACTOR,
                "feature_extractors: '%s' in version '%s' is not known. Known are: %s."
                        .formatted(wanted.featureExtractorName(), wanted.version(), String.join(", ", known)),
                details);
    }
}
