package dev.waybill.objects;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Kind;
import java.util.Map;
import java.util.Set;

/**
 * What objects of a bucket may be filtered, sorted and searched by: the fields of every object, those of its blobs under
 * the names of the answer, {@code metadata.*}, and the schema's own properties by their bare names.
 */
public final class ObjectFields {

    private static final Set<String> OWN = Set.of(
            "object_id",
            "bucket_id",
            "key_prefix",
            "blobs",
            "metadata",
            "source_details",
            "status",
            "error",
            "created_at",
            "updated_at");

    private ObjectFields() {}

    /** What rows are found and sorted by. */
    public static Fields of(BucketSchema schema) {
        return of(schema, true);
    }

    /** What is told of rows: the values themselves, where {@link #of(BucketSchema)} compares by what is made of them. */
    public static Fields values(BucketSchema schema) {
        return of(schema, false);
    }

    private static Fields of(BucketSchema schema, boolean compared) {
        Fields.Builder fields = Fields.builder();
        schema.properties().forEach((name, field) -> declare(fields, name, field, compared));
        // After the schema's, so that a property called "status" does not hide the object's own.
        return fields.token("object_id", "bucket_id", "status")
                .text("key_prefix", "error")
                .instant("created_at", "updated_at")
                .number("size_bytes")
                .any("metadata.*")
                .token("blobs.blob_id", "blobs.property", "blobs.type")
                .text("blobs.key_prefix")
                .any("blobs.data", "blobs.properties.*")
                .stored("blobs.details.filename", Kind.TEXT, "blobs.filename")
                .stored("blobs.details.size_bytes", Kind.NUMBER, "blobs.size_bytes")
                .stored("blobs.details.mime_type", Kind.TEXT, "blobs.mime_type")
                .stored("blobs.details.hash", Kind.TOKEN, "blobs.sha256")
                .searching("object_id", "key_prefix", "blobs.filename", "search_text")
                .build();
    }

    /** Properties that hold bytes have no value to compare with, except those whose bytes may be given as a value. */
    static boolean ridesInMetadata(FieldType type) {
        return !type.isBlob() || type == FieldType.TEXT || type == FieldType.JSON;
    }

    /** Where a field that callers know by a bare name stands in an answer. */
    public static String onTheWire(String path, BucketSchema schema) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot);
        SchemaField field = schema.properties().get(name);
        return field == null || OWN.contains(name) || !ridesInMetadata(field.type()) ? path : "metadata." + path;
    }

    private static void declare(Fields.Builder fields, String name, SchemaField field, boolean compared) {
        if (!ridesInMetadata(field.type())) {
            return;
        }
        String path = "metadata." + name;
        fields.stored(name, kind(field.type()), path);
        switch (field.type()) {
            case OBJECT, ARRAY, JSON -> fields.stored(name + ".*", Kind.ANY, path);
            default -> {}
        }
        if (compared) {
            instants(fields, name, field);
        }
    }

    /** Dates with times, within objects and lists too: more than one text stands for an instant. */
    private static void instants(Fields.Builder fields, String name, SchemaField field) {
        SchemaField items = field.items();
        Map<String, SchemaField> properties = field.properties();
        boolean isList = field.type() == FieldType.ARRAY && items != null && items.type() == FieldType.DATETIME;
        if (field.type() == FieldType.DATETIME || isList) {
            fields.stored(name, Kind.DATETIME, "instants." + name);
            fields.stored("metadata." + name, Kind.DATETIME, "instants." + name);
        } else if (field.type() == FieldType.OBJECT && properties != null) {
            properties.forEach((inner, its) -> instants(fields, name + "." + inner, its));
        }
    }

    /** Dates have one spelling only, so they compare as text. */
    private static Kind kind(FieldType type) {
        return switch (type) {
            case STRING, TEXT -> Kind.TEXT;
            case NUMBER, INTEGER, FLOAT -> Kind.NUMBER;
            case BOOLEAN -> Kind.BOOLEAN;
            default -> Kind.ANY;
        };
    }
}
