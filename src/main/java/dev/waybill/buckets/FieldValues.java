package dev.waybill.buckets;

import dev.waybill.platform.query.Instants;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Type checks of JSON values against the fields of a schema. */
final class FieldValues {

    private FieldValues() {}

    /** Whether a value is valid for the property, with its items and properties. */
    static boolean fits(SchemaField field, @Nullable Object value) {
        if (value == null) {
            return false;
        }
        return switch (field.type()) {
            case ARRAY -> value instanceof List<?> elements && fitsItems(field.items(), elements);
            case OBJECT -> value instanceof Map<?, ?> object && fitsProperties(field.properties(), object);
            default -> fits(field.type(), value);
        };
    }

    /** Description of a type's values, for error messages. */
    static String describe(FieldType type) {
        return switch (type) {
            case NUMBER, FLOAT -> "a number";
            case INTEGER -> "an integer";
            case BOOLEAN -> "true or false";
            case OBJECT -> "an object whose properties fit";
            case ARRAY -> "an array whose items fit";
            case DATE -> "a date such as \"2026-01-31\", without a time";
            case DATETIME ->
                "a date and time with zone such as \"2026-01-31T12:00:00Z\" (not a date alone, a space for the T, or"
                        + " a number)";
            case JSON -> "any JSON value but null";
            default -> "a string";
        };
    }

    /** Whether a value is of that type itself, whatever its items or properties are. */
    static boolean fits(FieldType type, Object value) {
        return switch (type) {
            case NUMBER, FLOAT -> value instanceof Number;
            case INTEGER -> value instanceof Integer || value instanceof Long || value instanceof BigInteger;
            case BOOLEAN -> value instanceof Boolean;
            case OBJECT -> value instanceof Map<?, ?>;
            case ARRAY -> value instanceof List<?>;
            case DATE -> value instanceof String text && isDate(text);
            case DATETIME -> value instanceof String text && Instants.read(text).isPresent();
            case JSON -> true;
            case STRING, TEXT, IMAGE, AUDIO, VIDEO, PDF, EXCEL, BINARY, DOCUMENT -> value instanceof String;
        };
    }

    private static boolean fitsItems(@Nullable SchemaField items, List<?> elements) {
        return items == null || elements.stream().allMatch(element -> fits(items, element));
    }

    private static boolean fitsProperties(@Nullable Map<String, SchemaField> properties, Map<?, ?> object) {
        return properties == null
                || properties.entrySet().stream()
                        .allMatch(property -> !object.containsKey(property.getKey())
                                || fits(property.getValue(), object.get(property.getKey())));
    }

    /** Only the years 0 to 9999, whose dates sort as their texts do. */
    private static boolean isDate(String text) {
        try {
            return text.length() == "2026-01-31".length()
                    && LocalDate.parse(text).getYear() >= 0;
        } catch (DateTimeException malformed) {
            return false;
        }
    }
}
