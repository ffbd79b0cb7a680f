package dev.waybill.syncs.mapping;

import static dev.waybill.syncs.mapping.MappingBench.bucket;
import static dev.waybill.syncs.mapping.MappingBench.file;
import static dev.waybill.syncs.mapping.MappingBench.shows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.syncs.mapping.MappingResult.Mapped;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.json.JsonMapper;

class SchemaMappingPropertyTests {

    private static final String AT = "body.schema_mapping";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Property
    void whatGoesOutReadsAsTheSame(
            @ForAll("buckets") Bucket bucket,
            @ForAll("mappings") Map<String, Object> raw,
            @ForAll("keys") String key,
            @ForAll("mediaTypes") String mediaType) {
        SchemaMapping mapping;
        try {
            mapping = SchemaMapping.read(raw, bucket, "s3", AT);
        } catch (InvalidRequest refused) {
            return;
        }
        SchemaMapping again = SchemaMapping.read(overTheWire(mapping.json()), bucket, "s3", AT);
        assertThat(JSON.writeValueAsString(again.json())).isEqualTo(JSON.writeValueAsString(mapping.json()));
        Map<String, String> metadata = Map.of("k", "V 1");
        assertThat(again.map(file(key), shows(mediaType), metadata, Map.of()))
                .isEqualTo(mapping.map(file(key), shows(mediaType), metadata, Map.of()));
    }

    @Property
    void aFileComesToLieWhereTheSchemaTakesIt(
            @ForAll("buckets") Bucket bucket,
            @ForAll("mappings") Map<String, Object> raw,
            @ForAll("keys") String key,
            @ForAll("mediaTypes") String mediaType) {
        try {
            if (SchemaMapping.read(raw, bucket, "s3", AT).map(file(key), shows(mediaType), Map.of(), Map.of())
                    instanceof Mapped mapped) {
                assertThat(bucket.schema().properties().get(mapped.property()).type())
                        .isEqualTo(mapped.type());
                assertThat(mapped.type().takes(mapped.mediaType())
                                || (mapped.type() == FieldType.VIDEO
                                        && mapped.mediaType().equals("image/gif")))
                        .isTrue();
            }
        } catch (InvalidRequest refused) {
            assertThat(refused.violations())
                    .allSatisfy(violation ->
                            assertThat(violation.location().subList(0, 2)).containsExactly("body", "schema_mapping"));
        }
    }

    @Property
    void anyTextIsAPatternOrRefused(@ForAll("patterns") String pattern, @ForAll String name) {
        try {
            com.google.re2j.Pattern read = RegexReader.read(pattern);
            assertThat(read.groupCount()).isEqualTo(1);
            assertThat(read.programSize()).isLessThan(50_000);
            read.matcher(name).find();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> overTheWire(Map<String, Object> json) {
        return JSON.readValue(JSON.writeValueAsString(json), Map.class);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                        "a",
                        ".",
                        "(",
                        ")",
                        "(?:",
                        "(?P<n>",
                        "[",
                        "]",
                        "[^]",
                        "\\d",
                        "\\",
                        "{2}",
                        "{1000}",
                        "{1,900}",
                        "{",
                        "}",
                        "*",
                        "+",
                        "?",
                        "|",
                        "[[:alpha:]]",
                        "\\Q",
                        "\\E",
                        "\\x{10FF}")
                .list()
                .ofMaxSize(12)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Bucket> buckets() {
        return Arbitraries.maps(Arbitraries.of("content", "a", "b", "c"), Arbitraries.of(FieldType.class))
                .ofMinSize(1)
                .map(types -> bucket(types.entrySet().stream()
                        .flatMap(type -> java.util.stream.Stream.of(type.getKey(), type.getValue()))
                        .toArray()));
    }

    @Provide
    Arbitrary<Map<String, Object>> mappings() {
        Arbitrary<Map<String, Object>> sources = Arbitraries.of(
                Map.of("type", "file"),
                Map.of("type", "tag", "key", "k"),
                Map.of("type", "metadata", "key", "K"),
                Map.of("type", "filename_regex", "pattern", "(.)\\.", "default", "d"),
                Map.of("type", "folder_path", "segment", -2),
                Map.of("type", "folder_path", "full_path", true),
                Map.of("type", "constant", "value", Map.of("x", 1)));
        Arbitrary<Map<String, Object>> extras = Arbitraries.of(
                Map.of(),
                Map.of("blob_type", "image"),
                Map.of("blob_type", "video", "blob_property", "a"),
                Map.of("blob_type", "json"),
                Map.of("mime_type_override", "text/plain"),
                Map.of("transform", "lowercase"),
                Map.of("required", true));
        Arbitrary<Map<String, Object>> entries = Combinators.combine(sources, extras)
                .as((source, extra) -> {
                    Map<String, Object> entry = new HashMap<>(extra);
                    entry.put("source", source);
                    return entry;
                });
        return Arbitraries.maps(Arbitraries.of("content", "a", "b", "title"), entries)
                .ofMaxSize(3)
                .map(all -> Map.of("mappings", all));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("a.png", "x/b.csv", "x/y/z.json", "noname", "a//c.mp4");
    }

    @Provide
    Arbitrary<String> mediaTypes() {
        return Arbitraries.of(
                "image/png",
                "image/gif",
                "video/mp4",
                "text/csv",
                "application/json",
                "application/pdf",
                "application/octet-stream");
    }
}
