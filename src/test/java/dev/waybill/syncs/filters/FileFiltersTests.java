package dev.waybill.syncs.filters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.syncs.filters.FilterResult.Reason;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileFiltersTests {

    private static final SourcePath PATH = new SourcePath("bucket", "videos", true);
    private static final Set<String> S3 = FileFilters.fields("s3");
    private static final String AT = "body.file_filters";
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void withoutFiltersEverythingPasses() {
        for (Map<String, Object> none : List.of(
                Map.<String, Object>of(),
                Map.<String, Object>of("include_patterns", List.of(), "mime_types", List.of()))) {
            FileFilters filters = read(none);
            assertThat(judge(filters, file("videos/a"))).isEqualTo(new FilterResult.Passed());
            assertThat(filters.isEmpty()).isTrue();
            assertThat(filters.json()).isEqualTo(none);
        }
        assertThat(FileFilters.read(null, S3, AT).json()).isEmpty();
        Map<String, Object> nulls = new HashMap<>();
        nulls.put("include_patterns", null);
        nulls.put("what_is_this", null);
        assertThat(read(nulls).json()).isEmpty();
    }

    @Test
    void anyIncludeTakesAndAnyExcludeRefuses() {
        FileFilters filters = read(Map.of(
                "include_patterns",
                List.of("*.mp4", "raw/*"),
                "exclude_patterns",
                List.of("*/drafts/*", "videos/old/*")));
        assertThat(judge(filters, file("videos/a.mp4"))).isEqualTo(new FilterResult.Passed());
        assertThat(judge(filters, file("videos/raw/a.bin"))).isEqualTo(new FilterResult.Passed());
        assertThat(judge(filters, file("videos/a.txt")))
                .isEqualTo(new FilterResult.Refused(Reason.INCLUDE_MISS, "one of: *.mp4, raw/*", "videos/a.txt"));
        assertThat(judge(filters, file("videos/x/drafts/a.mp4")))
                .isEqualTo(new FilterResult.Refused(
                        Reason.EXCLUDED, "none of: */drafts/*, videos/old/*", "videos/x/drafts/a.mp4 fits */drafts/*"));
        assertThat(reason(filters, file("videos/old/a.mp4"))).isEqualTo(Reason.EXCLUDED);
    }

    @ParameterizedTest
    @CsvSource({"9, TOO_SMALL", "10,", "20,", "21, TOO_BIG", "0, TOO_SMALL"})
    void sizesAreInclusive(long size, @Nullable Reason reason) {
        FileFilters filters = read(Map.of("min_size_bytes", 10, "max_size_bytes", 20L));
        assertThat(reason(filters, file("a", size, NOON, null))).isEqualTo(reason);
    }

    @Test
    void aRefusalHasTheExpectedAndTheActualValue() {
        FileFilters filters = read(Map.of("min_size_bytes", 10));
        assertThat(judge(filters, file("a", 1, NOON, null)))
                .isEqualTo(new FilterResult.Refused(Reason.TOO_SMALL, "at least 10 bytes", "1 byte"));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z, TOO_OLD",
        "2026-01-31T12:00:00.000000001Z,",
        "2026-01-31T12:59:59Z,",
        "2026-01-31T13:00:00Z, TOO_NEW",
        ","
    })
    void timesAreExclusive(@Nullable String modified, @Nullable Reason reason) {
        FileFilters filters =
                read(Map.of("modified_after", "2026-01-31T12:00:00Z", "modified_before", "2026-01-31T14:00:00+01:00"));
        assertThat(reason(filters, file("a", 1, modified == null ? null : Instant.parse(modified), null)))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00, 2026-01-31T12:00:00Z",
        "2026-01-31 12:00:00+00:00, 2026-01-31T12:00:00Z",
        "2026-01-31t13:30:00.25+01:30, 2026-01-31T12:00:00.250Z",
        "2026-01-31, 2026-01-31T00:00:00Z"
    })
    void timesGoOutInUtc(String sent, String reported) {
        assertThat(read(Map.of("modified_after", sent)).json()).isEqualTo(Map.of("modified_after", reported));
    }

    @ParameterizedTest
    @CsvSource({
        "video/mp4, a, PASSED",
        "VIDEO/MP4; codecs=avc1, a.txt, PASSED",
        "text/plain, a.mp4, MIME",
        "image/jpg, a, PASSED",
        "image/png, a.jpg, MIME",
        ", a.mp4, PASSED",
        ", a.txt, MIME",
        "application/octet-stream, a.mp4, PASSED",
        "binary/octet-stream, a.jpeg, PASSED",
        "binary/octet-stream, a, MIME",
    })
    void mediaTypesAreTheProvidersOrElseThoseOfTheName(@Nullable String reported, String name, String verdict) {
        FileFilters filters = read(Map.of("mime_types", List.of("video/*", "image/jpeg")));
        FilterResult judged = filters.judge(PATH, file(name), new Attributes(reported, Map.of(), Map.of()));
        assertThat(
                        judged instanceof FilterResult.Refused refused
                                ? refused.reason().name()
                                : "PASSED")
                .isEqualTo(verdict);
    }

    @Test
    void aTypeUnknownFromListingAndNameIsLeftOpen() {
        FileFilters filters = read(Map.of("mime_types", List.of("video/*")));
        assertThat(filters.needsContent()).isTrue();
        assertThat(reason(filters, file("a"))).isNull();
        assertThat(reason(filters, file("a.txt"))).isEqualTo(Reason.MIME);
        assertThat(reason(filters, file("a", 1, NOON, "application/octet-stream")))
                .isEqualTo(Reason.MIME);
        assertThat(filters.steps(PATH, file("a"), null))
                .containsExactly(new FileFilters.Step("mime_types", "open", "one of: video/*", "unknown"));
        assertThat(filters.judge(PATH, file("a"), new Attributes("video/mp4", Map.of(), Map.of())))
                .isEqualTo(new FilterResult.Passed());
        assertThat(reason(read(Map.of("mime_types", List.of("*/*"))), file("a", 1, NOON, "application/octet-stream")))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"a.MP4,", "a.mov,", "b.tar.gz,", "a.gz, INCLUDE_MISS", "mp4, INCLUDE_MISS", "x.mp4/a, INCLUDE_MISS"})
    void extensionsHaveADotOrNotInAnyCase(String key, @Nullable Reason reason) {
        Map<String, Object> raw = Map.of("extensions", List.of("mp4", ".MOV", "tar.gz"));
        assertThat(reason(read(raw), file(key))).isEqualTo(reason);
        assertThat(read(raw).json()).isEqualTo(raw);
    }

    @Test
    void allFiltersMustTakeAFileAndEachSaysWhatItFound() {
        FileFilters filters =
                read(Map.of("include_patterns", List.of("*.mp4"), "max_size_bytes", 5, "extensions", List.of("mp4")));
        assertThat(reason(filters, file("videos/a.mp4", 6, NOON, null))).isEqualTo(Reason.TOO_BIG);
        assertThat(filters.steps(PATH, file("videos/a.mp4", 6, NOON, null), null))
                .containsExactly(
                        new FileFilters.Step("include_patterns", "passed", "one of: *.mp4", "videos/a.mp4"),
                        new FileFilters.Step("extensions", "passed", "a name that ends in one of: .mp4", "a.mp4"),
                        new FileFilters.Step("max_size_bytes", "refused", "at most 5 bytes", "6 bytes"));
    }

    @Test
    void filtersGoOutInTheContractsFormWithIntegers() {
        Map<String, Object> raw = new LinkedHashMap<>();
        raw.put("extensions", List.of("mp4"));
        raw.put("max_size_bytes", 2_000_000);
        raw.put("metadata_filters", List.of(Map.of("field", "size", "value", 5)));
        raw.put("include_patterns", List.of("*"));
        FileFilters filters = read(raw);
        assertThat(filters.json().keySet())
                .containsExactly("include_patterns", "max_size_bytes", "extensions", "metadata_filters");
        assertThat(filters.json().get("max_size_bytes")).isEqualTo(2_000_000L);
        assertThat(filters.json().get("metadata_filters"))
                .isEqualTo(List.of(Map.of("field", "size", "operator", "equals", "value", 5)));
    }

    @Test
    void olderFieldsBesideTheFiltersAreAccepted() {
        Map<String, Object> sync = new HashMap<>();
        sync.put("include_patterns", List.of("*.mp4"));
        sync.put("exclude_patterns", null);
        sync.put("modified_since", "2026-01-31T12:00:00");
        sync.put("source_path", "bucket/videos");
        sync.put("mime_types", List.of("no filter here"));
        FileFilters filters = FileFilters.read(Map.of("min_size_bytes", 1), sync, S3, AT);
        assertThat(filters.json())
                .isEqualTo(Map.of(
                        "include_patterns",
                        List.of("*.mp4"),
                        "min_size_bytes",
                        1L,
                        "modified_after",
                        "2026-01-31T12:00:00Z"));
        assertThat(read(Map.of("modified_since", "2026-01-31T12:00:00Z")).json())
                .isEqualTo(Map.of("modified_after", "2026-01-31T12:00:00Z"));
    }

    @Test
    void aFilterThatStandsTwiceMustBeTheSame() {
        Map<String, Object> raw = Map.of("include_patterns", List.of("*.mp4"));
        assertThat(FileFilters.read(raw, raw, S3, AT).json()).isEqualTo(raw);
        assertThat(violations(() -> FileFilters.read(raw, Map.of("include_patterns", List.of("*")), S3, AT)))
                .containsExactly(new Violation(
                        List.of("body", "include_patterns"),
                        "stands in body.file_filters.include_patterns as well, with another value; send it once",
                        "value_error"));
    }

    @Test
    void violationsBesideTheFiltersHaveTheirPath() {
        assertThat(violations(() -> FileFilters.read(
                        null, Map.of("modified_since", "yesterday"), S3, "body.sync_config.file_filters")))
                .extracting(Violation::location)
                .containsExactly(List.of("body", "sync_config", "modified_since"));
    }

    @Test
    void allViolationsAreReported() {
        Map<String, Object> raw = new HashMap<>();
        raw.put("include_patterns", List.of("ok", "", 5, "x".repeat(1025), "a\0", "a[b"));
        raw.put("exclude_patterns", "*.mp4");
        raw.put("min_size_bytes", 1.0);
        raw.put("max_size_bytes", -1);
        raw.put("modified_after", 5);
        raw.put("modified_before", "2026-02-31T00:00:00Z");
        raw.put("mime_types", List.of("video", "video/mp4;x=y", "*/mp4"));
        raw.put("extensions", List.of(".", "a/b", "*.mp4"));
        raw.put("include_pattern", List.of("typo"));
        raw.put("metadata_filters", Map.of());
        assertThat(violations(() -> read(raw)))
                .extracting(Violation::location)
                .containsExactlyInAnyOrder(
                        List.of("body", "file_filters", "include_patterns", 1),
                        List.of("body", "file_filters", "include_patterns", 2),
                        List.of("body", "file_filters", "include_patterns", 3),
                        List.of("body", "file_filters", "include_patterns", 4),
                        List.of("body", "file_filters", "include_patterns", 5),
                        List.of("body", "file_filters", "exclude_patterns"),
                        List.of("body", "file_filters", "min_size_bytes"),
                        List.of("body", "file_filters", "max_size_bytes"),
                        List.of("body", "file_filters", "modified_after"),
                        List.of("body", "file_filters", "modified_before"),
                        List.of("body", "file_filters", "mime_types", 0),
                        List.of("body", "file_filters", "mime_types", 1),
                        List.of("body", "file_filters", "mime_types", 2),
                        List.of("body", "file_filters", "extensions", 0),
                        List.of("body", "file_filters", "extensions", 1),
                        List.of("body", "file_filters", "extensions", 2),
                        List.of("body", "file_filters", "include_pattern"),
                        List.of("body", "file_filters", "metadata_filters"));
    }

    @Test
    void boundsThatNothingPassesAndListsThatAreTooLongAreRefused() {
        assertThat(violations(() -> read(Map.of("min_size_bytes", 2, "max_size_bytes", 1))))
                .extracting(Violation::location)
                .containsExactly(List.of("body", "file_filters", "min_size_bytes"));
        read(Map.of("min_size_bytes", 2, "max_size_bytes", 2));
        for (String before : List.of("2026-01-31T12:00:00Z", "2026-01-31T11:59:59Z")) {
            assertThat(violations(
                            () -> read(Map.of("modified_after", "2026-01-31T12:00:00Z", "modified_before", before))))
                    .extracting(Violation::location)
                    .containsExactly(List.of("body", "file_filters", "modified_after"));
        }
        read(Map.of("exclude_patterns", Collections.nCopies(100, "x".repeat(1024))));
        assertThat(violations(() -> read(Map.of("exclude_patterns", Collections.nCopies(101, "x")))))
                .extracting(Violation::type)
                .containsExactly("too_long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"max_size_bytes", "min_size_bytes"})
    void sizesAreWholeNumbersOfJson(String name) {
        for (Object wrong : List.of("5", true, 5.0, new BigInteger("9223372036854775808"), List.of(5))) {
            assertThat(violations(() -> read(Map.of(name, wrong))))
                    .extracting(Violation::type)
                    .containsExactly("int_type");
        }
        assertThat(read(Map.of(name, Long.MAX_VALUE)).json()).isEqualTo(Map.of(name, Long.MAX_VALUE));
    }

    @Test
    void theHashIsThatOfWhatFiltersTake() {
        FileFilters one = read(Map.of(
                "include_patterns", List.of("a", "b", "a"),
                "extensions", List.of(".MP4"),
                "min_size_bytes", 5,
                "mime_types", List.of("VIDEO/*"),
                "modified_after", "2026-01-31T13:00:00+01:00",
                "metadata_filters", List.of(Map.of("field", "metadata.X", "operator", "gt", "value", 1.50))));
        FileFilters other = read(Map.of(
                "include_patterns", List.of("b", "a"),
                "extensions", List.of("mp4"),
                "min_size_bytes", 5L,
                "mime_types", List.of("video/*"),
                "modified_after", "2026-01-31T12:00:00",
                "exclude_patterns", List.of(),
                "metadata_filters", List.of(Map.of("field", "metadata.x", "operator", "gt", "value", 1.5))));
        assertThat(one.hash()).isEqualTo(other.hash()).matches("[0-9a-f]{64}");
        assertThat(FileFilters.read(null, S3, AT).hash())
                .isEqualTo(read(Map.of()).hash())
                .isNotEqualTo(one.hash());
        assertThat(read(Map.of("include_patterns", List.of("a"))).hash())
                .isNotEqualTo(read(Map.of("exclude_patterns", List.of("a"))).hash())
                .isNotEqualTo(
                        read(Map.of("include_patterns", List.of("a", "b"))).hash());
    }

    /** Ledgers hold hashes: a changed hash would have every file evaluated again. */
    @Test
    void theHashStays() {
        assertThat(read(Map.of("include_patterns", List.of("*.mp4"), "min_size_bytes", 1))
                        .hash())
                .isEqualTo("f9e126123b0ee136527bb364c7c02e8b26f4b3418d30cdb2d5665d61fc8c3f53");
    }

    private static FileFilters read(Map<String, ?> raw) {
        return FileFilters.read(raw, S3, AT);
    }

    private static FilterResult judge(FileFilters filters, SourceFile file) {
        return filters.judge(PATH, file);
    }

    private static @Nullable Reason reason(FileFilters filters, SourceFile file) {
        return judge(filters, file) instanceof FilterResult.Refused refused ? refused.reason() : null;
    }

    static List<Violation> violations(Runnable call) {
        List<Violation> violations = new ArrayList<>();
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(InvalidRequest.class, e -> violations.addAll(e.violations()));
        return violations;
    }

    static SourceFile file(String key) {
        return file(key, 1, NOON, null);
    }

    static SourceFile file(String key, long size, @Nullable Instant modified, @Nullable String contentType) {
        return new SourceFile(
                "bucket/" + key, key, size, modified, "v1", Map.of(), contentType, "STANDARD", SourceFile.Kind.FILE);
    }
}
