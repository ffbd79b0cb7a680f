package dev.waybill.namespaces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.waybill.extraction.ExtractionSink;
import dev.waybill.extraction.ExtractionSource;
import dev.waybill.extraction.Extractor;
import dev.waybill.extraction.Extractors;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.json.Change;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class NamespaceRequestTests {

    private static final NamespaceId ID = new NamespaceId("ns_1");
    private static final OrganizationId ORGANIZATION = new OrganizationId("org_a");
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static final String EXTRACTORS =
            "\"feature_extractors\": [{\"feature_extractor_name\": \"text_extractor\", \"version\": \"v1\"}]";

    private final JsonMapper json = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @Test
    void readsTheQuickstartsNamespace() {
        NamespaceEntity namespace = create("""
                {"namespace_name": "production", "feature_extractors": [{"feature_extractor_name": \
                "multimodal_extractor", "version": "v1"}]}""");

        assertThat(namespace)
                .isEqualTo(new NamespaceEntity(
                        ID.value(),
                        ORGANIZATION,
                        "production",
                        NamespaceType.STANDARD.wire(),
                        null,
                        List.of(new FeatureExtractor("multimodal_extractor", "v1", null)),
                        null,
                        false,
                        null,
                        NOW,
                        NOW));
    }

    @Test
    void readsEveryFieldOfTheContract() {
        NamespaceEntity namespace = create("""
                {"namespace_name": "shop_1", "namespace_type": "marketplace", "description": "d",
                 "feature_extractors": [{"feature_extractor_name": "text_extractor", "version": "v1", \
                "params": {"language": "en"}}],
                 "payload_indexes": [{"field_name": "metadata.campaign", "type": "keyword", \
                "field_schema": {"type": "keyword", "is_tenant": true}, "is_protected": true}],
                 "auto_create_indexes": true, "infrastructure": {"region": "eu"}}""");

        assertThat(namespace.type()).isEqualTo(NamespaceType.MARKETPLACE);
        assertThat(namespace.extractors().getFirst().params()).isEqualTo(Map.of("language", "en"));
        assertThat(namespace.payloadIndexes())
                .containsExactly(new PayloadIndex(
                        "metadata.campaign",
                        PayloadIndexType.KEYWORD,
                        Map.of("type", "keyword", "is_tenant", true),
                        true));
        assertThat(namespace.autoCreateIndexes()).isTrue();
        assertThat(namespace.infrastructure()).isEqualTo(Map.of("region", "eu"));
    }

    @Test
    void namesHaveAForm() {
        for (String good : List.of("abc", "A-b_9", "x".repeat(64))) {
            assertThat(create("{\"namespace_name\": \"%s\", %s}".formatted(good, EXTRACTORS))
                            .name())
                    .isEqualTo(good);
        }
        for (String bad : List.of("", "ab", "x".repeat(65), "a b c", "a.b.c", "ns_abc", "äbc", "abc\\n")) {
            assertThat(locations("{\"namespace_name\": \"%s\", %s}".formatted(bad, EXTRACTORS)))
                    .as(bad)
                    .containsExactly("[body, namespace_name]");
        }
    }

    @Test
    void allViolationsAreReportedAtOnce() {
        assertThat(locations("{}")).containsExactly("[body, namespace_name]", "[body, feature_extractors]");
        assertThat(locations("""
                                {"namespace_name": "abc", "feature_extractors": [{"version": "v1"}, null],
                                 "payload_indexes": [{"field_name": "", "type": "text"}, {"field_name": "a"}, \
                                {"field_name": "b", "type": "uuid"}, {"field_name": "b", "type": "geo"}],
                                 "infrastructure": {"$where": 1}}"""))
                .containsExactlyInAnyOrder(
                        "[body, feature_extractors, 0, feature_extractor_name]",
                        "[body, feature_extractors, 1]",
                        "[body, payload_indexes, 0, field_name]",
                        "[body, payload_indexes, 1, type]",
                        "[body, payload_indexes, 3]",
                        "[body, infrastructure]");
    }

    @Test
    void anExtractorIsNeeded() {
        assertThat(locations("{\"namespace_name\": \"abc\", \"feature_extractors\": []}"))
                .containsExactly("[body, feature_extractors]");
        assertThat(locations("""
                        {"namespace_name": "abc", "feature_extractors": [{"feature_extractor_name": "a", "version": \
                        "v1"}, {"feature_extractor_name": "a", "version": "v1"}]}""")).containsExactly("[body, feature_extractors, 1]");
    }

    @Test
    void anUnknownExtractorIsRefusedWithTheKnown() {
        Extractors extractors = new Extractors(
                List.of(new SomeExtractor("text_extractor", "v1"), new SomeExtractor("face_extractor", "v2")));

        Namespaces.requireKnown(new FeatureExtractor("text_extractor", "v1", null), extractors);
        Namespaces.requireKnown(new FeatureExtractor("face_extractor", "v2", null), extractors);
        assertThatExceptionOfType(WaybillException.class)
                .isThrownBy(
                        () -> Namespaces.requireKnown(new FeatureExtractor("face_extractor", "v1", null), extractors))
                .satisfies(failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN_EXTRACTOR);
                    assertThat(failure.getMessage())
                            .contains("'face_extractor'")
                            .contains("text_extractor_v1");
                    assertThat(failure.details().get("known"))
                            .isEqualTo(List.of("face_extractor_v2", "text_extractor_v1"));
                });
    }

    @Test
    void aPatchDistinguishesAbsentFromNull() {
        assertThat(patch("{}").isEmpty()).isTrue();
        NamespaceChange cleared = patch("{\"description\": null, \"payload_indexes\": null, \"namespace_name\": null}");
        assertThat(cleared.name()).isNull();
        assertThat(cleared.description()).isEqualTo(Change.to(null));
        assertThat(cleared.payloadIndexes()).isEqualTo(Change.to(null));
        assertThat(cleared.infrastructure()).isEqualTo(Change.none());
        assertThat(json.readValue("{\"namespace_name\": \"other\"}", UpdateNamespaceRequest.class)
                        .read()
                        .name())
                .isEqualTo("other");
        assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> patch("{\"namespace_name\": \"a\"}"));
    }

    private NamespaceEntity create(String body) {
        return json.readValue(body, CreateNamespaceRequest.class).toNamespace(ID, ORGANIZATION, NOW);
    }

    private NamespaceChange patch(String body) {
        return json.readValue(body, PatchNamespaceRequest.class).read();
    }

    private List<String> locations(String body) {
        InvalidRequest refused = catchThrowableOfType(InvalidRequest.class, () -> create(body));
        assertThat(refused).as(body).isNotNull();
        return refused.violations().stream()
                .map(Violation::location)
                .map(List::toString)
                .toList();
    }

    private record SomeExtractor(String name, String version) implements Extractor {

        @Override
        public boolean takes(String mediaType) {
            return true;
        }

        @Override
        public void checkParameters(Map<String, Object> parameters) {
            // Any will do.
        }

        @Override
        public void extract(ExtractionSource source, Map<String, Object> parameters, ExtractionSink sink) {
            throw new AssertionError("nothing is extracted here");
        }
    }
}
