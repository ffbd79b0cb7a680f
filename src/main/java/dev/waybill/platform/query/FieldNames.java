package dev.waybill.platform.query;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.text.Letters;
import java.util.TreeSet;

/**
 * Validates the names of fields in filters and sorts, whatever the list: none may be one that a database would take for
 * something else.
 */
final class FieldNames {

    /** Paths of metadata have 200, and what stands before them some more. */
    private static final int MAX_LENGTH = 220;

    private FieldNames() {}

    /**
     * The field of a name that a caller sent.
     *
     * @param use what it is wanted for, such as {@code filter by}
     * @throws InvalidRequest when no field may be called so, or none of the list is
     */
    static Field require(String name, Fields fields, String use, JsonPath at) {
        check(name, at);
        return fields.find(name)
                .orElseThrow(() -> at.refuse(
                        "unknown_field",
                        "'%s' is no field to %s; known are %s"
                                .formatted(name, use, String.join(", ", new TreeSet<>(fields.names())))));
    }

    private static void check(String name, JsonPath at) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw at.refuse("field_name", "a field's name has 1 to %d characters".formatted(MAX_LENGTH));
        }
        if (name.indexOf('\0') >= 0 || !Letters.isWhole(name)) {
            throw at.refuse("field_name", "a field's name must not hold NUL or broken characters");
        }
        for (String segment : name.split("\\.", -1)) {
            if (segment.isEmpty()) {
                throw at.refuse("field_name", "'%s' has an empty part between its dots".formatted(name));
            }
            if (segment.charAt(0) == '$') {
                throw at.refuse(
                        "field_name", "'%s' starts with '$'; operators are written without it".formatted(segment));
            }
        }
    }
}
