package dev.waybill.objects;

import dev.waybill.buckets.BucketSchema;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.SchemaField;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Kind;
import java.util.Map;
import java.util.Set;

/**
 * The fields that objects of a bucket may be filtered, sorted and searched by: those of every object, those of its
 * blobs under the names of the response, {@code metadata.*}, and the schema's own properties by their bare names.
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

    /** The fields for filters and sort. */
    public static Fields of(BucketSchema schema) {
        return of(schema, true);
    }

    /** The fields for returned values: the values as stored, where {@link #of(BucketSchema)} has derived ones. */
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

    /** Properties that are files have no value to compare with, except those that may be sent as a value. */
    static boolean ridesInMetadata(FieldType type) {
        return !type.isBlob() || type == FieldType.TEXT || type == FieldType.JSON;
    }

    /** The path in a response of a field that is requested by its bare name. */
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

    /** Dates with times, also nested: several texts denote the same instant. */
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
