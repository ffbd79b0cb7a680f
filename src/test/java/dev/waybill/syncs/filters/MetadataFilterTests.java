package dev.waybill.syncs.filters;

import static dev.waybill.syncs.filters.FileFiltersTests.file;
import static dev.waybill.syncs.filters.FileFiltersTests.violations;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.Violation;
import dev.waybill.syncs.filters.FilterResult.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataFilterTests {

    private static final SourcePath PATH = new SourcePath("bucket", "", true);
    private static final Set<String> S3 = FileFilters.fields("s3");

    @ParameterizedTest
    @CsvSource({
        "equals, a, a, true",
        "equals, a, A, false",
        "equals, 007, 7, false",
        "equals, 2026-01-31T12:00:00Z, 2026-01-31T13:00:00+01:00, true",
        "not_equals, a, b, true",
        "not_equals, a, a, false",
        "contains, a-final-cut, final, true",
        "contains, a-final-cut, Final, false",
        "not_contains, a-final-cut, final, false",
        "not_contains, a, final, true",
        "gt, 10, 9, true",
        "gt, 9, 10, false",
        "gt, 1e3, 999.5, true",
        "lt, -1, 0.5, true",
        "gte, 10, 10.0, true",
        "lte, 10.0, 10, true",
        "gt, 2026-01-31T12:00:00Z, 2026-01-31T12:30:00+01:00, true",
        "lt, 2026-01-31T12:00:00, 2026-01-31T12:00:01Z, true",
        "gt, b, a, true",
        "gt, 10a, 9a, false",
        "lt, Z, a, true",
        "gte, a, a, true"
    })
    void textsCompareAsNumbersOrTimesWhereBothLookLikeIt(String operator, String value, String operand, boolean taken) {
        assertThat(takes(filter("metadata.x", operator, operand), Map.of("x", value)))
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource({
        "equals, 7, 007, true",
        "equals, 7.5, 7.50, true",
        "equals, 7, seven, false",
        "not_equals, 7, seven, true",
        "gt, 7, 8, true",
        "gt, 7, seven, false",
        "lt, 7, seven, false",
        "gt, 7, 1e999999, false",
        "contains, 7, 1975, true"
    })
    void aNumberIsComparedWithNumbersOnly(String operator, BigDecimal operand, String value, boolean taken) {
        assertThat(takes(filter("metadata.x", operator, operand), Map.of("x", value)))
                .isEqualTo(taken);
    }

    @Test
    void whatIsTrueOrFalseIsComparedWithItsWord() {
        assertThat(takes(filter("metadata.x", "equals", true), Map.of("x", "True")))
                .isTrue();
        assertThat(takes(filter("metadata.x", "equals", true), Map.of("x", "1")))
                .isFalse();
        assertThat(takes(filter("metadata.x", "not_equals", false), Map.of("x", "true")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "equals, false",
        "not_equals, true",
        "contains, false",
        "not_contains, true",
        "gt, false",
        "lt, false",
        "gte, false",
        "lte, false"
    })
    void aMissingFieldHasNoValue(String operator, boolean taken) {
        assertThat(takes(filter("metadata.x", operator, "a"), Map.of())).isEqualTo(taken);
    }

    @Test
    void existsChecksForTheField() {
        Map<String, Object> there = new HashMap<>(Map.of("field", "metadata.x", "operator", "exists"));
        assertThat(takes(there, Map.of("x", ""))).isTrue();
        assertThat(takes(there, Map.of())).isFalse();
        there.put("value", false);
        assertThat(takes(there, Map.of("x", ""))).isFalse();
        assertThat(takes(there, Map.of())).isTrue();
    }

    @Test
    void namesOfMetadataHaveNoCaseAndThoseOfTagsHave() {
        Attributes more = new Attributes(null, Map.of("stage", "final"), Map.of("Stage", "final"));
        assertThat(takes(filter("metadata.STAGE", "equals", "final"), more)).isTrue();
        assertThat(takes(filter("tag.Stage", "equals", "final"), more)).isTrue();
        assertThat(takes(filter("tag.stage", "equals", "final"), more)).isFalse();
        assertThat(takes(filter("metadata.a.b", "equals", "c"), new Attributes(null, Map.of("a.b", "c"), Map.of())))
                .isTrue();
    }

    @Test
    void fieldsOfTheListingAreDecidedByIt() {
        SourceFile file = file("videos/a.mp4", 1024, Instant.parse("2026-01-31T12:00:00Z"), "video/mp4");
        assertThat(listed(filter("size", "gte", 1024), file)).isNull();
        assertThat(listed(filter("size", "lt", 1024), file)).isEqualTo(Reason.METADATA_FILTER);
        assertThat(listed(filter("key", "contains", "videos/"), file)).isNull();
        assertThat(listed(filter("key", "not_contains", "videos/"), file)).isEqualTo(Reason.METADATA_FILTER);
        assertThat(listed(filter("storage_class", "equals", "GLACIER"), file)).isEqualTo(Reason.METADATA_FILTER);
        assertThat(listed(filter("content_type", "equals", "text/plain"), file)).isEqualTo(Reason.METADATA_FILTER);
        assertThat(listed(filter("last_modified", "equals", "2026-01-31T13:00:00+01:00"), file))
                .isNull();
        assertThat(listed(filter("last_modified", "gt", "2026-01-31"), file)).isNull();
        assertThat(listed(filter("last_modified", "gt", "2026-01-31T12:00:00Z"), file))
                .isEqualTo(Reason.METADATA_FILTER);
        assertThat(read(filter("size", "gt", 1)).needsContent()).isFalse();
    }

    @Test
    void fieldsBeyondTheListingAreLeftOpen() {
        FileFilters metadata = read(filter("metadata.x", "exists", true));
        assertThat(metadata.needsContent()).isTrue();
        assertThat(metadata.needsTags()).isFalse();
        assertThat(metadata.judge(PATH, file("a"))).isEqualTo(new FilterResult.Passed());
        assertThat(metadata.steps(PATH, file("a"), null))
                .containsExactly(new FileFilters.Step(
                        "metadata_filters", "open", "metadata.x exists true", "not known from the listing"));
        assertThat(metadata.judge(PATH, file("a"), new Attributes(null, Map.of(), Map.of())))
                .isEqualTo(new FilterResult.Refused(Reason.METADATA_FILTER, "metadata.x exists true", "missing"));

        FileFilters tags = read(filter("tag.x", "equals", "a"));
        assertThat(tags.needsTags()).isTrue();
        assertThat(tags.needsContent()).isTrue();
        assertThat(tags.judge(PATH, file("a"))).isEqualTo(new FilterResult.Passed());

        FileFilters type = read(filter("content_type", "equals", "video/mp4"));
        assertThat(type.judge(PATH, file("a"))).isEqualTo(new FilterResult.Passed());
        assertThat(type.judge(PATH, file("a"), new Attributes("Video/MP4; x=y", Map.of(), Map.of())))
                .isEqualTo(new FilterResult.Passed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tag.", "tag.*", "metadata", "metadata.*", "stage", "meta.title", "", "size.x"})
    void aFieldThatFilesDoNotHaveIsRefusedWithThoseTheyHave(String field) {
        assertThat(violations(() -> read(filter(field, "equals", "a"))))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.location())
                            .isEqualTo(List.of("body", "file_filters", "metadata_filters", 0, "field"));
                    assertThat(violation.message())
                            .contains("content_type, key, last_modified, metadata.<name>, size, storage_class,"
                                    + " tag.<name>");
                });
    }

    @ParameterizedTest
    @CsvSource({"s3, true", "tigris, true", "wasabi, true", "r2, false", "backblaze, false", "supabase, false"})
    void tagsAreOfThoseProvidersThatHaveThem(String provider, boolean has) {
        assertThat(FileFilters.fields(provider).contains("tag.*")).isEqualTo(has);
        assertThat(FileFilters.fields(provider)).contains("metadata.*", "key", "size");
    }

    @Test
    void violationsOfAFilterHaveTheirPath() {
        List<Object> filters = new ArrayList<>();
        filters.add(filter("key", "equals", "a"));
        filters.add("size > 5");
        filters.add(Map.of("operator", "equals", "value", 5));
        filters.add(filter("key", "like", "a"));
        filters.add(Map.of("field", "key"));
        filters.add(filter("key", "exists", "yes"));
        filters.add(filter("size", "equals", "5"));
        filters.add(filter("size", "contains", 5));
        filters.add(filter("last_modified", "gt", "yesterday"));
        filters.add(filter("key", "gt", true));
        filters.add(filter("key", "equals", List.of("a")));
        filters.add(filter("key", "equals", "x".repeat(4001)));
        filters.add(filter("key", "gt", new BigDecimal("1e2000")));
        filters.add(filter("key", "equals", "\uD800"));
        assertThat(violations(() -> FileFilters.read(Map.of("metadata_filters", filters), S3, "body.file_filters")))
                .extracting(Violation::location)
                .containsExactly(
                        at(1),
                        at(2, "field"),
                        at(3, "operator"),
                        at(4, "value"),
                        at(5, "value"),
                        at(6, "value"),
                        at(7, "value"),
                        at(8, "value"),
                        at(9, "value"),
                        at(10, "value"),
                        at(11, "value"),
                        at(12, "value"),
                        at(13, "value"));
    }

    @Test
    void allMustHold() {
        FileFilters both = FileFilters.read(
                Map.of(
                        "metadata_filters",
                        List.of(filter("metadata.a", "equals", "1"), filter("metadata.b", "equals", "2"))),
                S3,
                "body.file_filters");
        assertThat(both.judge(PATH, file("k"), new Attributes(null, Map.of("a", "1", "b", "2"), Map.of())))
                .isEqualTo(new FilterResult.Passed());
        assertThat(both.judge(PATH, file("k"), new Attributes(null, Map.of("a", "1", "b", "3"), Map.of())))
                .isEqualTo(new FilterResult.Refused(Reason.METADATA_FILTER, "metadata.b equals 2", "3"));
    }

    private static List<Object> at(Object... steps) {
        List<Object> at = new ArrayList<>(List.of("body", "file_filters", "metadata_filters"));
        at.addAll(List.of(steps));
        return at;
    }

    private static Map<String, Object> filter(String field, String operator, Object value) {
        return Map.of("field", field, "operator", operator, "value", value);
    }

    private static FileFilters read(Map<String, Object> filter) {
        return FileFilters.read(Map.of("metadata_filters", List.of(filter)), S3, "body.file_filters");
    }

    private static boolean takes(Map<String, Object> filter, Map<String, String> metadata) {
        return takes(filter, new Attributes(null, metadata, Map.of()));
    }

    private static boolean takes(Map<String, Object> filter, Attributes more) {
        return read(filter).judge(PATH, file("a"), more) instanceof FilterResult.Passed;
    }

    private static @Nullable Reason listed(Map<String, Object> filter, SourceFile file) {
        return read(filter).judge(PATH, file) instanceof FilterResult.Refused refused ? refused.reason() : null;
    }
}
