package dev.waybill.buckets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.formats.MediaTypes;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PropertyChoiceTests {

    private static final Bucket ONE_IMAGE =
            bucket(Map.of("product_text", FieldType.TEXT, "hero_image", FieldType.IMAGE));
    private static final Bucket TWO_IMAGES = bucket(Map.of("front", FieldType.IMAGE, "back", FieldType.IMAGE));

    static Bucket bucket(Map<String, FieldType> types) {
        Map<String, SchemaField> properties = new LinkedHashMap<>();
        types.forEach(
                (name, type) -> properties.put(name, new SchemaField(type, null, null, null, null, null, null, null)));
        return new Bucket(
                new BucketId("bkt_test"),
                new Scope(new OrganizationId("org_test"), new NamespaceId("ns_test")),
                "test",
                null,
                new BucketSchema(properties),
                null,
                Map.of(),
                TaskStatus.ACTIVE,
                false,
                BucketUsage.NONE,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    @Test
    void theOnlyPropertyThatFitsIsTaken() {
        assertThat(PropertyChoice.choose(ONE_IMAGE, null, null, "photo.jpg", "image/jpeg", false))
                .isEqualTo(new PropertyChoice("hero_image", FieldType.IMAGE));
    }

    @Test
    void aFileGoesToThePropertyThatItIsNamedAfter() {
        assertThat(PropertyChoice.choose(TWO_IMAGES, null, null, "back.png", "image/png", false)
                        .name())
                .isEqualTo("back");
    }

    @Test
    void theNamedPropertyWins() {
        assertThat(PropertyChoice.choose(TWO_IMAGES, "front", null, "back.png", "image/png", false)
                        .name())
                .isEqualTo("front");
    }

    @Test
    void severalCandidatesAreNamed() {
        assertThatThrownBy(() -> PropertyChoice.choose(TWO_IMAGES, null, null, "photo.png", "image/png", false))
                .isInstanceOfSatisfying(
                        WaybillException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_PROPERTY_AMBIGUOUS))
                .hasMessageContaining("front")
                .hasMessageContaining("back");
    }

    @Test
    void theNarrowPropertyWinsOverTheWideOne() {
        Bucket mixed = bucket(Map.of(
                "picture", FieldType.IMAGE,
                "paper", FieldType.PDF,
                "words", FieldType.TEXT,
                "anything", FieldType.BINARY));

        assertThat(name(mixed, "a.png", "image/png")).isEqualTo("picture");
        assertThat(name(mixed, "a.pdf", "application/x-pdf")).isEqualTo("paper");
        assertThat(name(mixed, "a.csv", "application/vnd.ms-excel")).isEqualTo("words");
        assertThat(name(mixed, "a.zip", "application/zip")).isEqualTo("anything");
        assertThat(name(mixed, "blob", "application/octet-stream")).isEqualTo("anything");
        assertThat(name(mixed, "a.png", "")).isEqualTo("picture");
        assertThat(name(mixed, "clip.mp4", "video/mp4")).isEqualTo("anything");
    }

    @Test
    void declaredTypesAreTakenAsPeopleSendThem() {
        Bucket words = bucket(Map.of("words", FieldType.TEXT));
        Bucket sound = bucket(Map.of("sound", FieldType.AUDIO));
        Bucket paper = bucket(Map.of("paper", FieldType.DOCUMENT));
        Bucket data = bucket(Map.of("data", FieldType.JSON));

        for (String type : new String[] {
            "application/vnd.ms-excel", "application/csv", "text/x-csv", "application/x-csv",
            "text/comma-separated-values", "TEXT/CSV; charset=\"utf-8\"", "binary/octet-stream", ""
        }) {
            assertThat(name(words, "prices.csv", type)).isEqualTo("words");
        }
        assertThat(name(words, "main.ts", "video/mp2t")).isEqualTo("words");
        assertThat(name(sound, "voice.webm", "video/webm")).isEqualTo("sound");
        assertThat(name(sound, "voice.webm", "audio/webm;codecs=opus")).isEqualTo("sound");
        assertThat(name(sound, "voice.mov", "video/quicktime")).isEqualTo("sound");
        assertThat(name(paper, "a.xls", "application/vnd.ms-excel")).isEqualTo("paper");
        assertThat(name(paper, "a.doc", "application/octet-stream")).isEqualTo("paper");
        assertThat(name(data, "a.jsonl", "application/jsonl")).isEqualTo("data");
        assertThat(name(data, "a", "text/json")).isEqualTo("data");
        assertThat(name(words, "sheet.xls", "application/vnd.ms-excel")).isEqualTo("words");
        assertThat(name(words, "blob", "application/vnd.ms-excel")).isEqualTo("words");
    }

    @Test
    void filesOfUnknownTypeGoToTheTextProperty() {
        Map<String, FieldType> words = Map.of("words", FieldType.TEXT);
        Map<String, FieldType> paper =
                Map.of("picture", FieldType.IMAGE, "words", FieldType.TEXT, "paper", FieldType.DOCUMENT);

        assertThat(name(bucket(paper), "blob", "")).isEqualTo("words");
        assertThat(name(bucket(paper), "notes.zzq", "application/x-zzq")).isEqualTo("words");
        assertThat(name(bucket(words), "notes", "application/vnd.acme.notes")).isEqualTo("words");
        assertThat(PropertyChoice.choose(bucket(paper), "paper", null, "notes", "application/x-zzq", false)
                        .name())
                .isEqualTo("paper");
        for (String type : new String[] {"application/zip", "application/pdf", "image/png", "video/mp4"}) {
            assertThatThrownBy(() -> name(bucket(words), "a", type)).isInstanceOf(WaybillException.class);
        }
    }

    private static String name(Bucket bucket, String filename, String contentType) {
        return PropertyChoice.choose(bucket, null, null, filename, contentType, false)
                .name();
    }

    @Test
    void anUnknownOrUnfittingPropertyIsRefused() {
        assertThatThrownBy(() -> PropertyChoice.choose(ONE_IMAGE, "nope", null, "a.png", "image/png", false))
                .hasMessageContaining("hero_image");
        assertThatThrownBy(
                        () -> PropertyChoice.choose(ONE_IMAGE, "hero_image", null, "a.pdf", "application/pdf", false))
                .hasMessageContaining("takes images, not a PDF document such as 'a.pdf'");
        assertThatThrownBy(() -> PropertyChoice.choose(ONE_IMAGE, null, null, "a.mp4", "video/mp4", false))
                .isInstanceOfSatisfying(
                        WaybillException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BLOB_PROPERTY_UNKNOWN));
        assertThatThrownBy(() -> PropertyChoice.choose(
                        bucket(Map.of("file", FieldType.IMAGE)), null, null, "a.mp4", "video/mp4", false))
                .hasMessageEndingWith("its blob properties are: file (image)");
        assertThatThrownBy(() -> PropertyChoice.choose(bucket(Map.of()), null, null, "a.mp4", "video/mp4", false))
                .hasMessageEndingWith("its blob properties are: none");
    }

    @Test
    void unknownBytesMayGoIntoAnyPropertyUntilConfirm() {
        assertThat(PropertyChoice.choose(ONE_IMAGE, "hero_image", "IMAGE", "a.bin", MediaTypes.UNKNOWN, false)
                        .type())
                .isEqualTo(FieldType.IMAGE);
    }
}
