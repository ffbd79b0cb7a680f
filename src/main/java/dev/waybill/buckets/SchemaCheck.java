package dev.waybill.buckets;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.Violations;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds metadata against a bucket's schema. Keys that the schema does not declare are free. */
public final class SchemaCheck {

    private SchemaCheck() {}

    /**
     * What is wrong with some metadata.
     *
     * @param location where the metadata stands in the request, such as {@code ["body", "object_metadata"]}
     * @return empty when all is well
     */
    public static List<Violation> violations(
            BucketSchema schema, Map<String, ? extends @Nullable Object> metadata, List<Object> location) {
        List<Violation> found = new ArrayList<>();
        properties(schema.properties(), metadata, location, found);
        return found;
    }

    /**
     * Whether every property is filled that the schema requires, by a blob or by metadata.
     *
     * @param filled the properties that blobs fill
     * @param location where the object stands in the request
     * @throws dev.waybill.platform.errors.InvalidRequest naming those that are not
     */
    public static void requireAll(
            BucketSchema schema, Collection<String> filled, Map<String, Object> metadata, List<Object> location) {
        Violations violations = new Violations();
        schema.properties().forEach((name, field) -> {
            if (Boolean.TRUE.equals(field.required()) && !filled.contains(name) && metadata.get(name) == null) {
                violations.add(
                        below(location, field.type().isBlob() ? "blobs" : "metadata"),
                        "the bucket's schema requires '%s' (%s)"
                                .formatted(name, field.type().wire()),
                        "missing");
            }
        });
        violations.refuse();
    }

    private static void properties(
            Map<String, SchemaField> fields, Map<?, ?> values, List<Object> location, List<Violation> found) {
        values.forEach((name, value) -> {
            SchemaField field = fields.get(String.valueOf(name));
            if (field != null && value != null) {
                value(field, value, below(location, String.valueOf(name)), found);
            }
        });
    }

    private static void value(SchemaField field, Object value, List<Object> location, List<Violation> found) {
        if (!FieldValues.fits(field.type(), value)) {
            found.add(new Violation(
                    location,
                    "must be %s: the bucket's schema declares it as %s"
                            .formatted(
                                    FieldValues.describe(field.type()),
                                    field.type().wire()),
                    field.type().wire() + "_type"));
            return;
        }
        if (field.allowed() != null && field.allowed().stream().noneMatch(allowed -> same(allowed, value))) {
            found.add(new Violation(location, "must be one of " + field.allowed(), "enum"));
        }
        if (value instanceof List<?> list && field.items() != null) {
            for (int i = 0; i < list.size(); i++) {
                Object item = list.get(i);
                if (item != null) {
                    value(field.items(), item, below(location, i), found);
                }
            }
        }
        if (value instanceof Map<?, ?> map && field.properties() != null) {
            properties(field.properties(), map, location, found);
        }
    }

    /** 1 and 1.0 are the same JSON number. */
    private static boolean same(Object allowed, Object value) {
        return allowed instanceof Number one && value instanceof Number other
                ? Double.compare(one.doubleValue(), other.doubleValue()) == 0
                : allowed.equals(value);
    }
}
