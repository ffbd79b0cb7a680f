package dev.waybill.buckets;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parser of the schema in a request; collects all violations. */
final class SchemaReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,100}");
    private static final int MAX_DEPTH = 8;
    private static final int MAX_FIELDS = 1000;
    private static final int MAX_DESCRIPTION = 4096;
    private static final String TYPES =
            Arrays.stream(FieldType.values()).map(FieldType::wire).collect(Collectors.joining(", "));

    private final Violations violations;
    private int fields;

    SchemaReader(Violations violations) {
        this.violations = violations;
    }

    /** The schema; incomplete where a violation was added. */
    BucketSchema read(@Nullable BucketSchemaRequest request) {
        List<Object> at = List.of("body", "bucket_schema");
        if (request == null) {
            violations.has(at, null);
            return new BucketSchema(Map.of());
        }
        List<Object> below = below(at, "properties");
        Map<String, @Nullable SchemaFieldRequest> properties = request.properties();
        if (properties == null) {
            violations.has(below, null);
            return new BucketSchema(Map.of());
        }
        if (properties.isEmpty()) {
            violations.add(
                    below,
                    "Declare at least one property, such as {\"file\": {\"type\": \"document\"}}: a bucket without one"
                            + " takes no upload",
                    "too_short");
        }
        return new BucketSchema(properties(below, properties, 1));
    }

    private Map<String, SchemaField> properties(
            List<Object> at, Map<String, @Nullable SchemaFieldRequest> requests, int depth) {
        Map<String, SchemaField> properties = new LinkedHashMap<>();
        requests.forEach((name, request) -> {
            List<Object> path = below(at, name);
            if (!NAME.matcher(name).matches()) {
                violations.add(
                        path, "A property's name has 1 to 100 letters, digits or '_'", "string_pattern_mismatch");
            }
            field(path, request, depth).ifPresent(field -> properties.put(name, field));
        });
        return Collections.unmodifiableMap(properties);
    }

    private Optional<SchemaField> field(List<Object> at, @Nullable SchemaFieldRequest request, int depth) {
        if (request == null) {
            violations.has(below(at, "type"), null);
            return Optional.empty();
        }
        if (++fields == MAX_FIELDS + 1) {
            violations.add(at, "A schema has at most %d fields in all".formatted(MAX_FIELDS), "too_long");
        }
        if (fields > MAX_FIELDS) {
            return Optional.empty();
        }
        if (depth > MAX_DEPTH) {
            violations.add(at, "A schema is nested at most %d levels deep".formatted(MAX_DEPTH), "too_deep");
            return Optional.empty();
        }
        FieldType type = type(below(at, "type"), request.type());
        if (type == null) {
            return Optional.empty();
        }
        SchemaField field = new SchemaField(
                type,
                request.defaultValue(),
                items(at, type, request.items(), depth),
                objectProperties(at, type, request.properties(), depth),
                copy(request.examples()),
                request.description(),
                copy(request.allowed()),
                request.required());
        values(at, field);
        return Optional.of(field);
    }

    private @Nullable FieldType type(List<Object> at, @Nullable String wire) {
        if (wire == null) {
            violations.has(at, null);
            return null;
        }
        try {
            return FieldType.of(wire);
        } catch (IllegalArgumentException unknown) {
            violations.add(at, "'%s' is no field type; use one of: %s".formatted(shortened(wire), TYPES), "enum");
            return null;
        }
    }

    private @Nullable SchemaField items(
            List<Object> at, FieldType type, @Nullable SchemaFieldRequest items, int depth) {
        if (items == null) {
            return null;
        }
        if (type != FieldType.ARRAY) {
            violations.add(below(at, "items"), "Only a property of type array has items", "value_error");
            return null;
        }
        return field(below(at, "items"), items, depth + 1).orElse(null);
    }

    private @Nullable Map<String, SchemaField> objectProperties(
            List<Object> at,
            FieldType type,
            @Nullable Map<String, @Nullable SchemaFieldRequest> properties,
            int depth) {
        if (properties == null) {
            return null;
        }
        if (type != FieldType.OBJECT) {
            violations.add(below(at, "properties"), "Only a property of type object has properties", "value_error");
            return null;
        }
        return properties(below(at, "properties"), properties, depth + 1);
    }

    private void values(List<Object> at, SchemaField field) {
        violations.atMost(below(at, "description"), field.description(), MAX_DESCRIPTION);
        FreeJson.violation(below(at, "default"), field.defaultValue()).ifPresent(violations::add);
        FreeJson.violation(below(at, "examples"), field.examples()).ifPresent(violations::add);
        FreeJson.violation(below(at, "enum"), field.allowed()).ifPresent(violations::add);
        String wanted = FieldValues.describe(field.type());
        List<Object> allowed = field.allowed();
        if (allowed != null) {
            if (allowed.isEmpty()) {
                violations.add(below(at, "enum"), "Name at least one value, or leave enum out", "too_short");
            }
            for (int i = 0; i < allowed.size(); i++) {
                if (!fitsElement(field, allowed.get(i))) {
                    violations.add(
                            below(below(at, "enum"), i),
                            "A value of type %s is %s".formatted(field.type().wire(), wanted),
                            "value_error");
                }
            }
        }
        Object byDefault = field.defaultValue();
        if (byDefault == null) {
            return;
        }
        if (!FieldValues.fits(field, byDefault)) {
            violations.add(
                    below(at, "default"),
                    "A value of type %s is %s".formatted(field.type().wire(), wanted),
                    "value_error");
        } else if (allowed != null && !isAllowed(allowed, byDefault)) {
            violations.add(below(at, "default"), "The default must be one of enum", "value_error");
        }
    }

    /** An array's enum may list whole arrays or allowed elements. */
    private static boolean fitsElement(SchemaField field, @Nullable Object value) {
        SchemaField items = field.items();
        return FieldValues.fits(field, value)
                || (field.type() == FieldType.ARRAY
                        && !(value instanceof List<?>)
                        && (items == null || FieldValues.fits(items, value)));
    }

    private static boolean isAllowed(List<Object> allowed, Object value) {
        return allowed.contains(value) || (value instanceof List<?> elements && allowed.containsAll(elements));
    }

    private static @Nullable List<Object> copy(@Nullable List<@Nullable Object> values) {
        // List.copyOf refuses nulls, which are JSON values like any other
        return values == null ? null : Collections.unmodifiableList(new ArrayList<>(values));
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
