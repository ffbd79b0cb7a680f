package dev.waybill.syncs.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.errors.Violation;
import dev.waybill.syncs.mapping.MappingResult.Mapped;
import dev.waybill.syncs.mapping.MappingResult.MappingProblem;
import dev.waybill.syncs.mapping.MappingResult.Reason;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How fields are mapped. */
class MappedFieldsTests extends MappingBench {

    @Test
    void tagsAreReadWithTheirCaseAndMetadataWithout() {
        SchemaMapping mapping = SchemaMapping.read(
                mappings(
                        "a", field(Map.of("type", "tag", "key", "Stage")),
                        "b", field(Map.of("type", "tag", "key", "stage")),
                        "c", field(Map.of("type", "metadata", "key", "Title"))),
                CONTENT,
                "s3",
                AT);
        assertThat(mapping.needsTags()).isTrue();
        assertThat(mapping.map(file("a.mp4"), shows("video/mp4"), Map.of("title", "T"), Map.of("Stage", "final")))
                .isEqualTo(
                        new Mapped("content", FieldType.VIDEO, "video/mp4", Map.of("a", "final", "c", "T"), List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "'([0-9]{4})', 2025/clip-2026.mp4, 2026",
        "'^(.+)\\.mp4$', a/b.mp4, b",
        "'(?P<year>\\d{4})_', x_2026_y, 2026",
        "'(?:a|b)-(\\w+)', a-one.mp4, one",
        "'(?i)(CLIP)', clip.mp4, clip",
        "'^(\\w+)_', résumé_1.pdf, résumé",
        "'([\\w-]+)\\.', a b-ö.pdf, b-ö",
        "'([\\w-.]+)x', é-.x, é-.",
        "'(\\W+)', a--é.pdf, --",
        "'(\\d+)', x٣٤.pdf, ٣٤",
        "'[]\\d](\\D)', ']é', é",
        "'(\\\\w)', 'a\\w', '\\w'",
        "'(x)', a.mp4,",
        "'(a)|b', b.mp4,"
    })
    void aPatternTakesItsGroupOfTheName(String pattern, String key, @Nullable String value) {
        Map<String, Object> source = new HashMap<>(Map.of("type", "filename_regex", "pattern", pattern));
        assertThat(value(source, key)).isEqualTo(value);
        source.put("default", "none");
        assertThat(value(source, key)).isEqualTo(value == null ? "none" : value);
    }

    @ParameterizedTest
    @CsvSource({
        "'a', has 0 capturing groups",
        "'(a)(b)', has 2 capturing groups",
        "'(?i)(ᲀ)', U+1C80",
        "'(?i)([a-\\x{1d00}])', U+1C80",
        "'(a)(?=b)', look-around",
        "'(?<!a)(b)', look-around",
        "'(a)\\1', back-references",
        "'(a', missing closing )",
        "'((((a{1000}){1000}){1000}))', too large",
        "'(a{,3})', '{0,n}'",
        "'{(a{1000}){1000}}', too large",
        "'[]](?:a{1000}){1000}(b)', too large",
        "'\\Q[\\E(a{1000}){1000}', quotes by"
    })
    void aPatternThatCannotBeUsedIsRefused(String pattern, String why) {
        assertThat(violations(mappings("x", field(Map.of("type", "filename_regex", "pattern", pattern))), CONTENT))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.location()).isEqualTo(at("x", "source", "pattern"));
                    assertThat(violation.message()).contains(why);
                });
    }

    @ParameterizedTest
    @CsvSource({
        ", false, a/b/c/d.mp4, c",
        "0, false, a/b/c/d.mp4, a",
        "1, false, a/b/c/d.mp4, b",
        "-1, false, a/b/c/d.mp4, c",
        "-3, false, a/b/c/d.mp4, a",
        "3, false, a/b/c/d.mp4,",
        "-4, false, a/b/c/d.mp4,",
        ", true, a/b/c/d.mp4, a/b/c",
        ", false, d.mp4,",
        ", true, d.mp4,",
        "0, false, a//b.mp4, a",
        "1, false, a//b.mp4, ''"
    })
    void foldersAreCountedFromTheRoot(@Nullable Integer segment, boolean full, String key, @Nullable String value) {
        Map<String, Object> source = new HashMap<>(Map.of("type", "folder_path", "full_path", full));
        source.put("segment", segment);
        assertThat(value(source, key)).isEqualTo(value);
    }

    @Test
    void aConstantIsAnyJson() {
        Map<String, Object> nothing = new HashMap<>(Map.of("type", "constant"));
        nothing.put("value", null);
        SchemaMapping mapping = SchemaMapping.read(
                mappings(
                        "list", field(Map.of("type", "constant", "value", List.of(1, "a"))),
                        "nothing", field(nothing, "required", true)),
                CONTENT,
                "s3",
                AT);
        Map<String, Object> metadata = ((Mapped) map(mapping, "a.mp4", "video/mp4")).objectMetadata();
        assertThat(metadata).containsEntry("list", List.of(1, "a")).containsEntry("nothing", null);
        assertThat(SchemaMapping.read(mapping.json(), CONTENT, "s3", AT).json()).isEqualTo(mapping.json());
        assertThat(violations(mappings("x", field(Map.of("type", "constant"))), CONTENT))
                .extracting(Violation::location)
                .containsExactly(at("x", "source", "value"));
        assertThat(violations(mappings("x", field(Map.of("type", "constant", "value", Map.of("$a", 1)))), CONTENT))
                .extracting(Violation::location)
                .containsExactly(at("x", "source", "value"));
    }

    @ParameterizedTest
    @CsvSource({"lowercase, ' A b '", "uppercase, ' A b '", "trim, ' A b '"})
    void textsAreTransformed(String transform, String text) {
        Object expected = switch (transform) {
            case "lowercase" -> " a b ";
            case "uppercase" -> " A B ";
            default -> "A b";
        };
        assertThat(transformed(transform, text)).isEqualTo(expected);
        assertThat(transformed(transform, 5)).isEqualTo(5);
    }

    @Test
    void textsAreParsed() {
        assertThat(transformed("json_parse", "{\"a\": [1, 2.5, null]}"))
                .isEqualTo(Map.of("a", Arrays.asList(1, 2.5, null)));
        assertThat(transformed("json_parse", "5")).isEqualTo(5);
        assertThat(transformed("json_parse", List.of("x"))).isEqualTo(List.of("x"));
        SchemaMapping mapping =
                read(CONTENT, "x", field(Map.of("type", "metadata", "key", "k"), "transform", "json_parse"));
        for (String broken : List.of("{", "1 2", "", "NaN")) {
            assertThat(mapping.map(file("a.mp4"), shows("video/mp4"), Map.of("k", broken), Map.of()))
                    .isEqualTo(new MappingProblem(
                            Reason.SCHEMA_MISMATCH,
                            "The value for 'x' is no JSON; mend it at the source, or change the field's transform."));
        }
    }

    @Test
    void aFileWithoutARequiredValueIsRefused() {
        SchemaMapping mapping =
                read(CONTENT, "title", field(Map.of("type", "metadata", "key", "title"), "required", true));
        assertThat(map(mapping, "a.mp4", "video/mp4"))
                .isEqualTo(new MappingProblem(
                        Reason.MAPPING_REQUIRED,
                        "The field 'title' is required, and the file has no value for it; give it one, or make the"
                                + " field optional."));
        assertThat(mapping.map(file("a.mp4"), shows("video/mp4"), Map.of("title", ""), Map.of()))
                .isInstanceOf(Mapped.class);
    }

    @Test
    void valuesMustFitTheSchema() {
        Bucket bucket = bucket("content", FieldType.VIDEO, "year", FieldType.INTEGER);
        Map<String, Object> source = Map.of("type", "metadata", "key", "year");
        assertThat(read(bucket, "year", field(source))
                        .map(file("a"), shows("video/mp4"), Map.of("year", "2026"), Map.of()))
                .isEqualTo(new MappingProblem(
                        Reason.SCHEMA_MISMATCH,
                        "The mapped metadata.year must be an integer: the bucket's schema declares it as integer; the"
                                + " transform json_parse makes values of texts."));
        assertThat(read(bucket, "year", field(source, "transform", "json_parse"))
                        .map(file("a"), shows("video/mp4"), Map.of("year", "2026"), Map.of()))
                .isEqualTo(new Mapped("content", FieldType.VIDEO, "video/mp4", Map.of("year", 2026), List.of()));
        assertThat(read(bucket, "big", field(source, "transform", "json_parse"))
                        .map(file("a"), shows("video/mp4"), Map.of("year", "99999999999999999999"), Map.of()))
                .isInstanceOfSatisfying(
                        MappingProblem.class,
                        problem -> assertThat(problem.sentence()).contains("does not fit 64 bits"));
    }
}
