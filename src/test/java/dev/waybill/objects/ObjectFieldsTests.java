package dev.waybill.objects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObjectFieldsTests {

    private final BucketSchema schema = new BucketSchema(Map.of(
            "price", field(FieldType.NUMBER),
            "title", field(FieldType.STRING),
            "released", field(FieldType.DATE),
            "maker", field(FieldType.OBJECT),
            "status", field(FieldType.STRING),
            "product_text", field(FieldType.TEXT),
            "hero_image", field(FieldType.IMAGE)));
    private final Fields fields = ObjectFields.of(schema);

    @Test
    void aDeclaredPropertyStandsInTheMetadata() {
        assertThat(path("price")).isEqualTo("metadata.price");
        assertThat(path("product_text")).isEqualTo("metadata.product_text");
        assertThat(path("maker.name")).isEqualTo("metadata.maker.name");
        assertThat(kind("price")).isEqualTo(Kind.NUMBER);
        assertThat(kind("title")).isEqualTo(Kind.TEXT);
        assertThat(kind("released")).isEqualTo(Kind.ANY);
    }

    @Test
    void theObjectsOwnFieldsWinOverDeclaredOnesOfTheSameName() {
        assertThat(path("status")).isEqualTo("status");
        assertThat(path("metadata.status")).isEqualTo("metadata.status");
    }

    @Test
    void blobsAreFoundUnderTheNamesOfTheAnswer() {
        assertThat(path("blobs.details.mime_type")).isEqualTo("blobs.mime_type");
        assertThat(path("blobs.details.hash")).isEqualTo("blobs.sha256");
        assertThat(path("blobs.properties.photographer")).isEqualTo("blobs.properties.photographer");
        assertThat(path("blobs.property")).isEqualTo("blobs.property");
    }

    @Test
    void otherFieldsAreUnknown() {
        for (String name : new String[] {"hero_image", "namespace_id", "blobs.storage_key", "written_at", "nonsense"}) {
            assertThat(fields.find(name)).as(name).isEmpty();
        }
    }

    @Test
    void searchCoversNamesAndAllMetadata() {
        assertThat(fields.searched())
                .containsExactlyInAnyOrder("object_id", "key_prefix", "blobs.filename", "search_text");
    }

    @Test
    void aSelectedPropertyIsFoundInTheMetadata() {
        assertThat(ObjectFields.onTheWire("price", schema)).isEqualTo("metadata.price");
        assertThat(ObjectFields.onTheWire("maker.name", schema)).isEqualTo("metadata.maker.name");
        assertThat(ObjectFields.onTheWire("status", schema)).isEqualTo("status");
        assertThat(ObjectFields.onTheWire("hero_image", schema)).isEqualTo("hero_image");
        assertThat(ObjectFields.onTheWire("nonsense", schema)).isEqualTo("nonsense");
    }

    private String path(String name) {
        return fields.find(name).orElseThrow().path();
    }

    private Kind kind(String name) {
        return fields.find(name).orElseThrow().kind();
    }

    private static SchemaField field(FieldType type) {
        return new SchemaField(type, null, null, null, null, null, null, null);
    }
}
