package dev.waybill.syncs.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.errors.Violation;
import dev.waybill.syncs.mapping.MappingResult.Mapped;
import dev.waybill.syncs.mapping.MappingResult.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which property a file fills. */
class SchemaMappingTests extends MappingBench {

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
                    .isEqualTo("'a.mp3' does not fit 'content': the file is audio/mpeg, the property takes videos."
                            + " The bucket's blob properties are: content (video), photo (image). Map it to one of them, or filter"
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
    void whereTypesCannotDecideAMappingIsRequired() {
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
    void anAnimationIsAnImageUnlessAVideoIsExpected() {
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
            if (each != BlobType.AUTO && each.isInContract()) {
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
}
