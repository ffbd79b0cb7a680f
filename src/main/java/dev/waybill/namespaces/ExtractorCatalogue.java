package dev.waybill.namespaces;

import dev.waybill.namespaces.KnownExtractors.Extractor;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Everything that the {@link KnownExtractors} know together. */
@Component
class ExtractorCatalogue {

    private final Set<Extractor> known;
    private final List<String> ids;

    ExtractorCatalogue(List<KnownExtractors> sources) {
        this.known = sources.stream()
                .flatMap(source -> source.extractors().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.ids = known.stream()
                .map(extractor -> extractor.name() + "_" + extractor.version())
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /** Refuses an extractor that nobody knows, and lists the known ones. */
    void require(FeatureExtractor wanted) {
        if (known.contains(new Extractor(wanted.name(), wanted.version()))) {
            return;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("feature_extractor_name", wanted.name());
        details.put("version", wanted.version());
        details.put("known", ids);
        throw new WaybillException(
                ErrorCode.UNKNOWN_EXTRACTOR,
                "feature_extractors: '%s' in version '%s' is not known. Known are: %s."
                        .formatted(wanted.name(), wanted.version(), String.join(", ", ids)),
                details);
    }
}
