package dev.waybill.namespaces;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validation of the fields of a namespace, for create and update alike. */
final class NamespaceRules {

    /**
     * The form of a name by the contract. One that starts like an id is refused, so that an identifier has one meaning.
     */
    static final String NAME_FORM = "^(?!ns_)[A-Za-z0-9_-]{3,64}$";

    private static final Pattern NAME = Pattern.compile(NAME_FORM);
    private static final String NAME_MESSAGE =
            "must be 3 to 64 letters, digits, '-' or '_', and must not start with 'ns_', as ids do";
    static final int MAX_DESCRIPTION = 4096;
    private static final int MAX_EXTRACTORS = 100;
    private static final int MAX_INDEXES = 500;

    private final Violations violations = new Violations();

    String name(@Nullable String name) {
        violations.form(List.of("body", "namespace_name"), name, NAME, NAME_MESSAGE);
        return name == null ? "" : name;
    }

    void description(@Nullable String description) {
        violations.atMost(List.of("body", "description"), description, MAX_DESCRIPTION);
    }

    void infrastructure(@Nullable Map<String, Object> infrastructure) {
        FreeJson.violation(List.of("body", "infrastructure"), infrastructure).ifPresent(violations::add);
    }

    List<FeatureExtractor> extractors(@Nullable List<@Nullable FeatureExtractorRequest> requests) {
        List<Object> at = List.of("body", "feature_extractors");
        if (requests == null) {
            violations.has(at, null);
            return List.of();
        }
        if (requests.isEmpty() || requests.size() > MAX_EXTRACTORS) {
            violations.add(
                    at,
                    "List should have 1 to %d items; name at least one feature extractor".formatted(MAX_EXTRACTORS),
                    requests.isEmpty() ? "too_short" : "too_long");
            return List.of();
        }
        List<FeatureExtractor> extractors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            FeatureExtractorRequest request = requests.get(i);
            if (request == null) {
                violations.has(List.of("body", "feature_extractors", i), null);
                continue;
            }
            FeatureExtractor extractor = request.read(i, violations);
            if (!extractor.featureExtractorName().isEmpty() && !seen.add(extractor.id())) {
                violations.add(
                        List.of("body", "feature_extractors", i),
                        "'%s' is named twice; name each extractor once".formatted(extractor.id()),
                        "duplicate");
            }
            extractors.add(extractor);
        }
        return extractors;
    }

    @Nullable
    List<PayloadIndex> indexes(@Nullable List<@Nullable PayloadIndexRequest> requests) {
        if (requests == null) {
            return null;
        }
        if (requests.size() > MAX_INDEXES) {
            violations.add(
                    List.of("body", "payload_indexes"),
                    "List should have at most %d items".formatted(MAX_INDEXES),
                    "too_long");
            return null;
        }
        List<PayloadIndex> indexes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < requests.size(); i++) {
            List<Object> at = List.of("body", "payload_indexes", i);
            PayloadIndexRequest request = requests.get(i);
            if (request == null) {
                violations.has(at, null);
                continue;
            }
            PayloadIndex index = request.read(at, violations);
            if (!index.fieldName().isEmpty() && !seen.add(index.fieldName())) {
                violations.add(at, "'%s' is indexed twice".formatted(index.fieldName()), "duplicate");
            }
            indexes.add(index);
        }
        return indexes;
    }

    /** @throws dev.waybill.platform.errors.InvalidRequest naming everything that is wrong */
    void refuse() {
        violations.refuse();
    }
}
