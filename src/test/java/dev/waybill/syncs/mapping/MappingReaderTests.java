package dev.waybill.syncs.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.platform.errors.Violation;
import dev.waybill.syncs.mapping.MappingResult.Mapped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a mapping is parsed, returned and validated. */
class MappingReaderTests extends MappingBench {

    @Test
    void itIsReturnedWithEveryKind() {
        Map<String, Object> sent = new HashMap<>(Map.of("source", Map.of("type", "tag", "key", "k")));
        sent.put("transform", null);
        SchemaMapping mapping = SchemaMapping.read(
                mappings(
                        "clip", Map.of("source", FILE),
                        "stage", sent,
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
    void violationsHaveTheirPath() {
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

        Mapped mapped = (Mapped) mapping.map(
                file("a.mp4"), shows("video/mp4"), Map.of("poster", " https://example.com/a.png "), Map.of());
        Mapped without = (Mapped) mapping.map(file("b.mp4"), shows("video/mp4"), Map.of(), Map.of());

        assertThat(mapped.property()).isEqualTo("content");
        assertThat(mapped.links())
                .containsExactly(new MappingResult.Link("poster", FieldType.IMAGE, "https://example.com/a.png"));
        assertThat(without.links()).isEmpty();
        MappingResult.Link link = mapped.links().getFirst();
        assertThat(mapping.fill(link, "a.png", shows("image/png")))
                .isEqualTo(new PropertyMatch.Into(new PropertyChoice("poster", FieldType.IMAGE), "image/png"));
        assertThat(mapping.fill(link, "a.mp4", shows("video/mp4")))
                .isInstanceOfSatisfying(
                        PropertyMatch.Nowhere.class,
                        nowhere -> assertThat(nowhere.misfit()).isNotNull());
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
}
