package dev.waybill.buckets;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A schema as it is stored: plain nested maps, whose order MongoDB keeps. */
final class SchemaDocuments {

    private SchemaDocuments() {}

    static Map<String, Object> write(BucketSchema schema) {
        return writeAll(schema.properties());
    }

    static BucketSchema read(Map<String, Object> stored) {
        return new BucketSchema(readAll(stored));
    }

    private static Map<String, Object> writeAll(Map<String, SchemaField> properties) {
        Map<String, Object> stored = new LinkedHashMap<>();
        properties.forEach((name, field) -> stored.put(name, write(field)));
        return stored;
    }

    private static Map<String, Object> write(SchemaField field) {
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("type", field.type().wire());
        put(stored, "default", field.defaultValue());
        put(stored, "items", field.items() == null ? null : write(field.items()));
        put(stored, "properties", field.properties() == null ? null : writeAll(field.properties()));
        put(stored, "examples", field.examples());
        put(stored, "description", field.description());
        put(stored, "enum", field.allowed());
        put(stored, "required", field.required());
        return stored;
    }

    private static void put(Map<String, Object> stored, String key, @Nullable Object value) {
        if (value != null) {
            stored.put(key, value);
        }
    }

    private static Map<String, SchemaField> readAll(Map<String, Object> stored) {
        Map<String, SchemaField> properties = new LinkedHashMap<>();
        stored.forEach((name, field) -> properties.put(name, read(field)));
        return properties;
    }

    @SuppressWarnings("unchecked")
    private static SchemaField read(Object value) {
        Map<String, Object> stored = (Map<String, Object>) value;
        Object items = stored.get("items");
        Object properties = stored.get("properties");
        return new SchemaField(
                FieldType.of(String.valueOf(stored.get("type"))),
                stored.get("default"),
                items == null ? null : read(items),
                properties == null ? null : readAll((Map<String, Object>) properties),
                (List<Object>) stored.get("examples"),
                (String) stored.get("description"),
                (List<Object>) stored.get("enum"),
                (Boolean) stored.get("required"));
    }
}
