package dev.waybill.namespaces;

import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** API of this module for others: the feature extractors of a namespace. */
@Component
public class NamespaceExtractors {

    /** A feature extractor with the namespace's settings for it. */
    public record Listed(String name, String version, Map<String, Object> parameters) {}

    private final NamespaceStore store;

    NamespaceExtractors(NamespaceStore store) {
        this.store = store;
    }

    /** In the namespace's order; none when it is being deleted. */
    public List<Listed> of(Scope scope) {
        return store
                .find(scope.organization(), scope.namespace().value())
                .map(NamespaceEntity::extractors)
                .orElse(List.of())
                .stream()
                .map(NamespaceExtractors::listed)
                .toList();
    }

    private static Listed listed(FeatureExtractor extractor) {
        Map<String, Object> params = extractor.params();
        return new Listed(extractor.featureExtractorName(), extractor.version(), params == null ? Map.of() : params);
    }
}
