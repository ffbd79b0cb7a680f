package dev.waybill.syncs.filters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.platform.errors.InvalidRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

class FileFiltersPropertyTests {

    private static final SourcePath PATH = new SourcePath("bucket", "a", true);
    private static final String AT = "body.file_filters";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Property
    void whatGoesOutReadsAsTheSame(@ForAll("filters") Map<String, Object> raw, @ForAll("files") SourceFile file) {
        FileFilters filters = read(raw);
        FileFilters again = read(overTheWire(filters.json()));
        assertThat(JSON.writeValueAsString(again.json())).isEqualTo(JSON.writeValueAsString(filters.json()));
        assertThat(again.hash()).isEqualTo(filters.hash());
        assertThat(again.judge(PATH, file)).isEqualTo(filters.judge(PATH, file));
    }

    @Property
    void neitherOrderNorRepetitionCounts(
            @ForAll("filters") Map<String, Object> raw, @ForAll("files") SourceFile file, @ForAll long seed) {
        Map<String, Object> shuffled = new HashMap<>();
        raw.forEach((name, value) -> {
            if (value instanceof List<?> list) {
                List<Object> items = new ArrayList<>(list);
                items.addAll(list);
                Collections.shuffle(items, new Random(seed));
                shuffled.put(name, items);
            } else {
                shuffled.put(name, value);
            }
        });
        assertThat(read(shuffled).hash()).isEqualTo(read(raw).hash());
        assertThat(read(shuffled).judge(PATH, file) instanceof FilterResult.Passed)
                .isEqualTo(read(raw).judge(PATH, file) instanceof FilterResult.Passed);
    }

    @Property
    void eachMoreFilterTakesNoMore(@ForAll("filters") Map<String, Object> raw, @ForAll("files") SourceFile file) {
        boolean all = raw.entrySet().stream()
                .allMatch(one ->
                        read(Map.of(one.getKey(), one.getValue())).judge(PATH, file) instanceof FilterResult.Passed);
        assertThat(read(raw).judge(PATH, file) instanceof FilterResult.Passed).isEqualTo(all);
    }

    @Property
    void anyJsonIsReadOrRefusedWithItsPath(@ForAll("anything") Map<String, Object> raw) {
        try {
            read(raw);
        } catch (InvalidRequest refused) {
            assertThat(refused.violations())
                    .allSatisfy(violation ->
                            assertThat(violation.location().subList(0, 2)).containsExactly("body", "file_filters"));
        }
    }

    private static FileFilters read(Map<String, Object> raw) {
        return FileFilters.read(raw, FileFilters.fields("s3"), AT);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> overTheWire(Map<String, Object> json) {
        return JSON.readValue(JSON.writeValueAsString(json), Map.class);
    }

    @Provide
    Arbitrary<Map<String, Object>> filters() {
        Arbitrary<List<String>> patterns = Arbitraries.of("*.mp4", "a*", "b/*", "[ab].*", "**/b.mp4", "?.txt")
                .list()
                .ofMaxSize(4);
        Arbitrary<List<Map<String, Object>>> conditions = Arbitraries.of(
                        condition("size", "gt", 5),
                        condition("key", "contains", "a"),
                        condition("metadata.x", "exists", true),
                        condition("last_modified", "lte", "2026-01-31T00:00:00Z"),
                        condition("storage_class", "not_equals", "GLACIER"),
                        condition("tag.y", "equals", 1.25))
                .list()
                .ofMaxSize(3);
        Map<String, Arbitrary<? extends Object>> values = Map.of(
                "include_patterns", patterns,
                "exclude_patterns", patterns,
                "min_size_bytes", Arbitraries.longs().between(0, 10),
                "max_size_bytes", Arbitraries.integers().between(10, 20),
                "modified_after", Arbitraries.of("2026-01-31", "2026-01-31T12:00:00+02:00"),
                "modified_before", Arbitraries.of("2026-02-02T00:00:00", "2026-02-02T00:00:00.5Z"),
                "mime_types",
                        Arbitraries.of("video/*", "text/plain", "*/*").list().ofMaxSize(3),
                "extensions", Arbitraries.of("mp4", ".TXT", "b").list().ofMaxSize(3),
                "metadata_filters", conditions);
        return Arbitraries.subsetOf(values.keySet()).flatMap(names -> {
            List<Arbitrary<? extends Object>> chosen =
                    names.stream().map(values::get).toList();
            List<String> keys = List.copyOf(names);
            return Combinators.combine(chosen.stream()
                            .map(each -> each.map(value -> (Object) value))
                            .toList())
                    .as(all -> {
                        Map<String, Object> raw = new HashMap<>();
                        for (int i = 0; i < keys.size(); i++) {
                            raw.put(keys.get(i), all.get(i));
                        }
                        return raw;
                    });
        });
    }

    private static Map<String, Object> condition(String field, String operator, Object value) {
        return Map.of("field", field, "operator", operator, "value", value);
    }

    @Provide
    Arbitrary<SourceFile> files() {
        return Combinators.combine(
                        Arbitraries.of("a/b.mp4", "a/a.txt", "a/b/b.mp4", "a", "a/b"),
                        Arbitraries.longs().between(0, 25),
                        Arbitraries.of("2026-01-30T00:00:00Z", "2026-01-31T11:00:00Z", "2026-02-03T00:00:00Z"))
                .as((key, size, time) -> FileFiltersTests.file(key, size, Instant.parse(time), null));
    }

    @Provide
    Arbitrary<Map<String, Object>> anything() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                Arbitraries.strings().map(text -> (Object) text),
                Arbitraries.integers().map(number -> (Object) number),
                Arbitraries.doubles().map(number -> (Object) number),
                Arbitraries.of(true, false).map(bool -> (Object) bool));
        Arbitrary<Object> values = Arbitraries.oneOf(
                scalars,
                scalars.list().ofMaxSize(3).map(list -> (Object) list),
                Arbitraries.maps(Arbitraries.of("field", "operator", "value"), scalars)
                        .list()
                        .ofMaxSize(2)
                        .map(list -> (Object) list));
        Arbitrary<String> names = Arbitraries.of(
                "include_patterns",
                "exclude_patterns",
                "min_size_bytes",
                "max_size_bytes",
                "modified_after",
                "modified_before",
                "modified_since",
                "mime_types",
                "extensions",
                "metadata_filters",
                "other");
        return Arbitraries.maps(names, values).ofMaxSize(5);
    }
}
