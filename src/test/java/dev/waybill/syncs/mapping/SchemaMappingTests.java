package dev.waybill.syncs.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.connectors.SourceFile;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.syncs.mapping.MappingResult.Mapped;
import dev.waybill.syncs.mapping.MappingResult.MappingProblem;
import dev.waybill.syncs.mapping.MappingResult.Reason;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaMappingTests {

    private static final String AT = "body.schema_mapping";
    private static final Map<String, Object> FILE = Map.of("type", "file");
    private static final Bucket CONTENT = bucket("content", FieldType.VIDEO);

    // ---- where the file goes

    @Test
    void withoutAMappingAFileBecomesTheContent() {
        SchemaMapping none =
                SchemaMapping.read(null, bucket("other", FieldType.VIDEO, "content", FieldType.VIDEO), "s3", AT);
        assertThat(none.json()).isEqualTo(Map.of("mappings", Map.of()));
        assertThat(none.needsTags()).isFalse();
        assertThat(map(none, "a.mp4", "video/mp4"))
                .isEqualTo(new Mapped("content", FieldType.VIDEO, "video/mp4", Map.of(), List.of()));
    }

    @Test
    void whatTheContentDoesNotTakeGoesToTheOnlyPropertyThatDoes() {
        SchemaMapping none = SchemaMapping.read(
                null, bucket("content", FieldType.VIDEO, "photo", FieldType.IMAGE, "name", FieldType.STRING), "s3", AT);
        assertThat(property(none, "a.png", "image/png")).isEqualTo("photo");
        assertThat(problem(none, "a.mp3", "audio/mpeg")).satisfies(problem -> {
            assertThat(problem.reason()).isEqualTo(Reason.SCHEMA_MISMATCH);
            assertThat(problem.sentence())
                    .isEqualTo("'a.mp3' is MPEG, which no single property takes by the mapping; the bucket's blob"
                            + " properties are: content (video), photo (image). Map it to one of them, or filter"
                            + " it out.");
        });
        assertThat(problem(none, "a.bin", "application/octet-stream").reason()).isEqualTo(Reason.UNSUPPORTED);
    }

    @Test
    void withoutAContentEachFilesTypeDecides() {
        SchemaMapping none = SchemaMapping.read(
                null,
                bucket(
                        "photo",
                        FieldType.IMAGE,
                        "table",
                        FieldType.EXCEL,
                        "text",
                        FieldType.TEXT,
                        "rest",
                        FieldType.BINARY),
                "s3",
                AT);
        assertThat(property(none, "a.png", "image/png")).isEqualTo("photo");
        assertThat(property(none, "a.csv", "text/csv")).isEqualTo("table");
        assertThat(property(none, "a.txt", "text/plain")).isEqualTo("text");
        assertThat(property(none, "a.zip", "application/zip")).isEqualTo("rest");
        assertThat(property(none, "rest.png", "image/png")).isEqualTo("rest");
    }

    @Test
    void whereTypesCannotDecideAMappingIsAskedFor() {
        assertThat(violations(null, bucket("front", FieldType.IMAGE, "back", FieldType.IMAGE)))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.location()).isEqualTo(List.of("body", "schema_mapping"));
                    assertThat(violation.message()).contains("several properties are of type image: front", "back");
                });
        assertThat(violations(null, bucket("name", FieldType.STRING)))
                .singleElement()
                .satisfies(violation -> assertThat(violation.message()).contains("blob properties are: none"));
    }

    @ParameterizedTest
    @CsvSource({"front, whatever, front", "nowhere, back, back", ", back, back", ", title, one"})
    void aBlobGoesToItsPropertyOrItsTargetOrTheOnlyOne(@Nullable String property, String target, String chosen) {
        Bucket bucket = chosen.equals("one")
                ? bucket("one", FieldType.IMAGE, "title", FieldType.STRING)
                : bucket("front", FieldType.IMAGE, "back", FieldType.IMAGE);
        SchemaMapping mapping = read(bucket, target, blob("blob_property", property));
        assertThat(property(mapping, "a.png", "image/png")).isEqualTo(chosen);
    }

    @Test
    void whatNoPropertyCanBeIsRefusedAtOnce() {
        Bucket bucket = bucket("front", FieldType.IMAGE, "back", FieldType.IMAGE, "title", FieldType.STRING);
        assertThat(violations(mappings("x", blob()), bucket))
                .extracting(Violation::location)
                .containsExactly(at("x", "blob_property"));
        assertThat(violations(mappings("x", blob("blob_type", "video")), bucket))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.location()).isEqualTo(at("x", "blob_property"));
                    assertThat(violation.message()).contains("no property").contains("front (image), back (image)");
                });
        assertThat(violations(mappings("front", blob("blob_type", "video")), bucket))
                .extracting(Violation::location)
                .containsExactly(at("front", "blob_type"));
        assertThat(violations(mappings("front", blob("blob_property", "title")), bucket))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.location()).isEqualTo(at("front", "blob_property"));
                    assertThat(violation.message()).contains("is of type string");
                });
    }

    @Test
    void theDefaultPropertyMayBeSomethingElseInTheSchema() {
        Bucket bucket = bucket("content", FieldType.STRING, "photo", FieldType.IMAGE);
        SchemaMapping mapping = read(bucket, "photo", blob());
        assertThat(property(mapping, "a.png", "image/png")).isEqualTo("photo");
        assertThat(SchemaMapping.read(mapping.json(), bucket, "s3", AT).json()).isEqualTo(mapping.json());
    }

    @Test
    void theFirstEntryThatTakesAFileHasIt() {
        Bucket bucket = bucket("photo", FieldType.IMAGE, "clip", FieldType.VIDEO, "rest", FieldType.BINARY);
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("photo", blob("blob_type", "image"));
        entries.put("clip", blob("blob_type", "video"));
        SchemaMapping two = SchemaMapping.read(Map.of("mappings", entries), bucket, "s3", AT);
        assertThat(property(two, "a.png", "image/png")).isEqualTo("photo");
        assertThat(property(two, "a.mp4", "video/mp4")).isEqualTo("clip");
        assertThat(problem(two, "a.zip", "application/zip").reason()).isEqualTo(Reason.UNSUPPORTED);
        entries.put("rest", blob());
        SchemaMapping three = SchemaMapping.read(Map.of("mappings", entries), bucket, "s3", AT);
        assertThat(property(three, "a.zip", "application/zip")).isEqualTo("rest");
    }

    @Test
    void anAnimationIsAnImageUnlessAVideoIsAskedFor() {
        Bucket bucket = bucket("photo", FieldType.IMAGE, "clip", FieldType.VIDEO);
        assertThat(property(SchemaMapping.read(null, bucket, "s3", AT), "a.gif", "image/gif"))
                .isEqualTo("photo");
        assertThat(property(read(bucket, "clip", blob("blob_type", "video")), "a.gif", "image/gif"))
                .isEqualTo("clip");
        assertThat(problem(read(bucket, "clip", blob()), "a.gif", "image/gif").reason())
                .isEqualTo(Reason.SCHEMA_MISMATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "image/heic, image",
        "video/x-matroska, video",
        "audio/flac, audio",
        "text/html, text",
        "application/xml, text",
        "application/pdf, pdf",
        "application/vnd.ms-excel, excel",
        "text/csv, excel"
    })
    void eachTypeTakesItsFilesAndNoOthers(String mediaType, String type) {
        Bucket all = bucket("file", FieldType.BINARY);
        for (BlobType each : BlobType.values()) {
            if (each != BlobType.AUTO && each.isTold()) {
                MappingResult result = map(read(all, "file", blob("blob_type", each.wire())), "a", mediaType);
                boolean isCsvAsText = mediaType.equals("text/csv") && each == BlobType.TEXT;
                assertThat(result instanceof Mapped)
                        .as(each.wire())
                        .isEqualTo(each.wire().equals(type) || isCsvAsText);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"document", "json", "binary"})
    void typesThatClientsDoNotKnowGoOutAsTheirProperty(String type) {
        Bucket bucket = bucket("doc", FieldType.DOCUMENT, "data", FieldType.JSON, "raw", FieldType.BINARY);
        SchemaMapping mapping = read(bucket, "x", blob("blob_type", type));
        Map<?, ?> entry = (Map<?, ?>) ((Map<?, ?>) mapping.json().get("mappings")).get("x");
        assertThat(entry.get("blob_type")).isEqualTo("auto");
        String property =
                Map.of("document", "doc", "json", "data", "binary", "raw").get(type);
        assertThat(entry.get("blob_property")).isEqualTo(property);
        assertThat(property(SchemaMapping.read(mapping.json(), bucket, "s3", AT), "a.json", "application/json"))
                .isEqualTo(property.equals("doc") ? "doc" : property);
        assertThat(violations(mappings("x", blob("blob_type", type)), CONTENT))
                .extracting(Violation::location)
                .containsExactly(at("x", "blob_type"));
    }

    @Test
    void aMediaTypeThatIsSetCounts() {
        SchemaMapping mapping = read(CONTENT, "content", blob("mime_type_override", "Video/MP4"));
        assertThat(map(mapping, "a", "application/octet-stream"))
                .isEqualTo(new Mapped("content", FieldType.VIDEO, "video/mp4", Map.of(), List.of()));
        assertThat(violations(mappings("content", blob("mime_type_override", "video")), CONTENT))
                .extracting(Violation::location)
                .containsExactly(at("content", "mime_type_override"));
        assertThat(violations(mappings("content", blob("mime_type_override", "video/*")), CONTENT))
                .hasSize(1);
    }

    // ---- what its fields are

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
        assertThat(mapping.map(file("a.mp4"), "video/mp4", Map.of("title", "T"), Map.of("Stage", "final")))
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
    void textsAreTransformed(String transform, String given) {
        Object expected = switch (transform) {
            case "lowercase" -> " a b ";
            case "uppercase" -> " A B ";
            default -> "A b";
        };
        assertThat(transformed(transform, given)).isEqualTo(expected);
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
            assertThat(mapping.map(file("a.mp4"), "video/mp4", Map.of("k", broken), Map.of()))
                    .isEqualTo(new MappingProblem(
                            Reason.SCHEMA_MISMATCH,
                            "The value for 'x' is no JSON; mend it at the source, or change the field's transform."));
        }
    }

    @Test
    void aFileWithoutARequiredValueBecomesNothing() {
        SchemaMapping mapping =
                read(CONTENT, "title", field(Map.of("type", "metadata", "key", "title"), "required", true));
        assertThat(map(mapping, "a.mp4", "video/mp4"))
                .isEqualTo(new MappingProblem(
                        Reason.MAPPING_REQUIRED,
                        "The field 'title' is required, and the file has no value for it; give it one, or make the"
                                + " field optional."));
        assertThat(mapping.map(file("a.mp4"), "video/mp4", Map.of("title", ""), Map.of()))
                .isInstanceOf(Mapped.class);
    }

    @Test
    void valuesMustFitTheSchema() {
        Bucket bucket = bucket("content", FieldType.VIDEO, "year", FieldType.INTEGER);
        Map<String, Object> source = Map.of("type", "metadata", "key", "year");
        assertThat(read(bucket, "year", field(source)).map(file("a"), "video/mp4", Map.of("year", "2026"), Map.of()))
                .isEqualTo(new MappingProblem(
                        Reason.SCHEMA_MISMATCH,
                        "The mapped metadata.year must be an integer: the bucket's schema declares it as integer; the"
                                + " transform json_parse makes values of texts."));
        assertThat(read(bucket, "year", field(source, "transform", "json_parse"))
                        .map(file("a"), "video/mp4", Map.of("year", "2026"), Map.of()))
                .isEqualTo(new Mapped("content", FieldType.VIDEO, "video/mp4", Map.of("year", 2026), List.of()));
        assertThat(read(bucket, "big", field(source, "transform", "json_parse"))
                        .map(file("a"), "video/mp4", Map.of("year", "99999999999999999999"), Map.of()))
                .isInstanceOfSatisfying(
                        MappingProblem.class,
                        problem -> assertThat(problem.sentence()).contains("does not fit 64 bits"));
    }

    // ---- how it is read and told

    @Test
    void itGoesOutWithEveryKindTold() {
        Map<String, Object> given = new HashMap<>(Map.of("source", Map.of("type", "tag", "key", "k")));
        given.put("transform", null);
        SchemaMapping mapping = SchemaMapping.read(
                mappings(
                        "clip", Map.of("source", FILE),
                        "stage", given,
                        "folder", field(Map.of("type", "folder_path", "segment", 0L))),
                CONTENT,
                "s3",
                AT);
        assertThat(mapping.json())
                .isEqualTo(Map.of(
                        "mappings",
                        Map.of(
                                "clip",
                                Map.of(
                                        "target_type", "blob",
                                        "source", FILE,
                                        "blob_type", "auto",
                                        "blob_property", "content"),
                                "stage",
                                Map.of(
                                        "target_type",
                                        "field",
                                        "source",
                                        Map.of("type", "tag", "key", "k"),
                                        "required",
                                        false),
                                "folder",
                                Map.of(
                                        "target_type",
                                        "field",
                                        "source",
                                        Map.of("type", "folder_path", "segment", 0, "full_path", false),
                                        "required",
                                        false))));
    }

    @ParameterizedTest
    @CsvSource({"column, name, snowflake", "drive_property, key, google_drive", "rss_field, field, rss"})
    void whatFilesOfAProviderNeverHaveIsRefused(String type, String name, String provider) {
        assertThat(violations(mappings("x", field(Map.of("type", type, name, "a"))), CONTENT))
                .singleElement()
                .satisfies(violation -> {
                    assertThat(violation.location()).isEqualTo(at("x", "source", "type"));
                    assertThat(violation.message()).contains(provider, "files of s3 have tag, metadata");
                });
        assertThat(violations(mappings("x", field(Map.of("type", type))), CONTENT))
                .extracting(Violation::location)
                .containsExactly(at("x", "source", name), at("x", "source", "type"));
    }

    @Test
    void whatIsWrongIsToldWhereItStands() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("a", "title");
        entries.put("b", Map.of());
        entries.put("c", Map.of("source", "tag"));
        entries.put("d", Map.of("source", Map.of()));
        entries.put("e", field(Map.of("type", "exif")));
        entries.put("f", field(Map.of("type", "tag", "key", "")));
        entries.put("g", field(Map.of("type", "tag", "key", "x".repeat(129))));
        entries.put("h", field(Map.of("type", "metadata", "key", 5)));
        entries.put("i", field(Map.of("type", "filename_regex")));
        entries.put("j", field(Map.of("type", "folder_path", "segment", 1.0, "full_path", "yes")));
        entries.put("k", field(FILE));
        entries.put("l", field(Map.of("type", "tag", "key", "k"), "transform", "reverse", "required", "yes"));
        entries.put("m", Map.of("target_type", "image", "source", FILE));
        entries.put("n", Map.of("target_type", "blob", "source", Map.of("type", "folder_path")));
        entries.put("o", blob("blob_type", "movie", "blob_property", ""));
        entries.put("$p", field(Map.of("type", "tag", "key", "k")));
        entries.put("", field(Map.of("type", "tag", "key", "k")));
        assertThat(violations(Map.of("mappings", entries), CONTENT))
                .extracting(Violation::location)
                .containsExactly(
                        at("a"),
                        at("b", "source"),
                        at("c", "source"),
                        at("d", "source", "type"),
                        at("e", "source", "type"),
                        at("f", "source", "key"),
                        at("g", "source", "key"),
                        at("h", "source", "key"),
                        at("i", "source", "pattern"),
                        at("j", "source", "segment"),
                        at("j", "source", "full_path"),
                        at("k", "source", "type"),
                        at("l", "required"),
                        at("l", "transform"),
                        at("m", "target_type"),
                        at("n", "source", "type"),
                        at("o", "blob_type"),
                        at("o", "blob_property"),
                        at("$p"),
                        at(""));
    }

    @Test
    void aUrlFillsAFurtherProperty() {
        Bucket bucket = bucket("content", FieldType.BINARY, "poster", FieldType.IMAGE);
        Map<String, Object> metadata = Map.of("type", "metadata", "key", "Poster");
        SchemaMapping mapping = read(bucket, "poster", Map.of("target_type", "blob", "source", metadata));

        Mapped mapped = (Mapped)
                mapping.map(file("a.mp4"), "video/mp4", Map.of("poster", " https://example.com/a.png "), Map.of());
        Mapped without = (Mapped) mapping.map(file("b.mp4"), "video/mp4", Map.of(), Map.of());

        assertThat(mapped.property()).isEqualTo("content");
        assertThat(mapped.links())
                .containsExactly(new MappingResult.Link("poster", FieldType.IMAGE, "https://example.com/a.png"));
        assertThat(without.links()).isEmpty();
        MappingResult.Link link = mapped.links().getFirst();
        assertThat(mapping.mediaTypeOf(link, "a.png", "image/png")).contains("image/png");
        assertThat(mapping.mediaTypeOf(link, "a.mp4", "video/mp4")).isEmpty();
        assertThat(SchemaMapping.read(mapping.json(), bucket, "s3", AT).json()).isEqualTo(mapping.json());
    }

    @Test
    void whatCannotBeAUrlIsRefusedAtOnce() {
        Bucket bucket = bucket("content", FieldType.BINARY, "poster", FieldType.IMAGE);
        Map<String, Object> url = Map.of("type", "constant", "value", "https://example.com/a.png");
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put("a", Map.of("target_type", "blob", "source", Map.of("type", "constant", "value", "ftp://a")));
        entries.put("b", Map.of("target_type", "blob", "source", Map.of("type", "constant", "value", 5)));
        entries.put("c", Map.of("target_type", "blob", "source", url, "blob_property", "poster"));
        entries.put("poster", Map.of("target_type", "blob", "source", url));
        assertThat(violations(Map.of("mappings", entries), bucket))
                .extracting(Violation::location)
                .containsExactly(at("a", "source", "value"), at("b", "source", "value"), at());
        assertThat(violations(
                        mappings(
                                "file",
                                blob("blob_property", "content"),
                                "url",
                                Map.of("target_type", "blob", "source", url, "blob_property", "content")),
                        bucket))
                .singleElement()
                .satisfies(found -> assertThat(found.message()).contains("content"));
    }

    @Test
    void mappingsMustBeThere() {
        assertThat(violations(Map.of(), CONTENT))
                .extracting(Violation::location)
                .containsExactly(at());
        assertThat(violations(Map.of("mappings", List.of()), CONTENT))
                .extracting(Violation::location)
                .containsExactly(at());
        assertThat(SchemaMapping.read(Map.of("mappings", Map.of()), CONTENT, "s3", AT)
                        .json())
                .isEqualTo(Map.of("mappings", Map.of()));
    }

    private static List<Object> at(Object... steps) {
        List<Object> at = new ArrayList<>(List.of("body", "schema_mapping", "mappings"));
        at.addAll(List.of(steps));
        return at;
    }

    private static @Nullable Object transformed(String transform, Object value) {
        SchemaMapping mapping =
                read(CONTENT, "x", field(Map.of("type", "constant", "value", value), "transform", transform));
        return ((Mapped) map(mapping, "a.mp4", "video/mp4")).objectMetadata().get("x");
    }

    private static @Nullable Object value(Map<String, Object> source, String key) {
        SchemaMapping mapping = read(CONTENT, "x", field(source));
        return ((Mapped) map(mapping, key, "video/mp4")).objectMetadata().get("x");
    }

    private static List<Violation> violations(@Nullable Map<String, Object> raw, Bucket bucket) {
        List<Violation> violations = new ArrayList<>();
        assertThatThrownBy(() -> SchemaMapping.read(raw, bucket, "s3", AT))
                .isInstanceOfSatisfying(InvalidRequest.class, e -> violations.addAll(e.violations()));
        return violations;
    }

    private static SchemaMapping read(Bucket bucket, String target, Map<String, Object> entry) {
        return SchemaMapping.read(mappings(target, entry), bucket, "s3", AT);
    }

    private static Map<String, Object> mappings(Object... entries) {
        return Map.of("mappings", with(new LinkedHashMap<>(), entries));
    }

    private static Map<String, Object> blob(@Nullable Object... more) {
        return with(new LinkedHashMap<>(Map.of("target_type", "blob", "source", FILE)), more);
    }

    private static Map<String, Object> field(Map<String, Object> source, Object... more) {
        return with(new LinkedHashMap<>(Map.of("target_type", "field", "source", source)), more);
    }

    private static Map<String, Object> with(Map<String, Object> map, @Nullable Object... more) {
        for (int i = 0; i < more.length; i += 2) {
            map.put((String) more[i], more[i + 1]);
        }
        return map;
    }

    private static String property(SchemaMapping mapping, String key, String mediaType) {
        return ((Mapped) map(mapping, key, mediaType)).property();
    }

    private static MappingProblem problem(SchemaMapping mapping, String key, String mediaType) {
        return (MappingProblem) map(mapping, key, mediaType);
    }

    private static MappingResult map(SchemaMapping mapping, String key, String mediaType) {
        return mapping.map(file(key), mediaType, Map.of(), Map.of());
    }

    static SourceFile file(String key) {
        return new SourceFile("bucket/" + key, key, 1, Instant.EPOCH, "v1", Map.of(), null, null, SourceFile.Kind.FILE);
    }

    /** @param properties names and types, in turns */
    static Bucket bucket(Object... properties) {
        Map<String, SchemaField> fields = new LinkedHashMap<>();
        for (int i = 0; i < properties.length; i += 2) {
            fields.put(
                    (String) properties[i],
                    new SchemaField((FieldType) properties[i + 1], null, null, null, null, null, null, null));
        }
        return new Bucket(
                new BucketId("bkt_test"),
                new Scope(new OrganizationId("org_test"), new NamespaceId("ns_test")),
                "test",
                null,
                new BucketSchema(fields),
                null,
                Map.of(),
                TaskStatus.ACTIVE,
                false,
                BucketUsage.NONE,
                Instant.EPOCH,
                Instant.EPOCH);
    }
}
