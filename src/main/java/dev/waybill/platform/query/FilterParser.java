package dev.waybill.platform.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a filter from the JSON that callers send. */
public final class FilterParser {

    private FilterParser() {}

    /**
     * Reads and checks a filter.
     *
     * @param json null or empty gives {@link Filter#ALL}
     * @throws dev.waybill.platform.errors.InvalidRequest for an unknown operator, a field that callers may not use, an
     *     operand of the wrong kind, a name with {@code $} or NUL, or nesting beyond depth 10
     */
    public static Filter parse(@Nullable Map<String, Object> json, Fields fields) {
        throw new IllegalStateException();
    }
}
