package dev.waybill.platform.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter from the JSON that callers send. Two spellings, which may be mixed at every level:
 *
 * <ul>
 *   <li>shorthand: {@code {"status": "PENDING", "metadata.campaign": "x"}}; a list means {@code in}, and an object holds
 *       operators, as in {@code {"file_size_bytes": {"gte": 5, "lt": 9}}};
 *   <li>logical: {@code {"AND": [{"field": "status", "operator": "eq", "value": "PENDING"}], "OR": [...], "NOT": [...]}},
 *       with {@code eq} where no operator is given. What stands beside each other must hold together.
 * </ul>
 *
 * {@code case_sensitive} may stand in every object, holds for everything below, and is false unless given.
 */
public final class FilterParser {

    /** How deep {@code AND}, {@code OR} and {@code NOT} may be nested. */
    public static final int MAX_DEPTH = 10;

    /** How many conditions one filter may hold. */
    public static final int MAX_CONDITIONS = 100;

    /** How many values an {@code in} or {@code nin} may list. */
    public static final int MAX_VALUES = 1000;

    /** How many characters the operand of a partial match may have. */
    public static final int MAX_TEXT = 1000;

    /** How many characters a regular expression may have. */
    public static final int MAX_REGEX = 256;

    private FilterParser() {}

    /**
     * Reads and checks a filter.
     *
     * @param json null or empty gives {@link Filter#ALL}
     * @throws dev.waybill.platform.errors.InvalidRequest for an unknown operator, a field that callers may not use, an
     *     operand of the wrong kind, a name with {@code $} or NUL, or nesting beyond depth 10
     */
    public static Filter parse(@Nullable Map<String, ? extends @Nullable Object> json, Fields fields) {
        if (json == null || json.isEmpty()) {
            return Filter.ALL;
        }
        return new FilterReader(fields).read(json);
    }
}
