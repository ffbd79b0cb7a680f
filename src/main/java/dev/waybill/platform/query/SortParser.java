package dev.waybill.platform.query;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an order from the JSON that callers send. */
public final class SortParser {

    private SortParser() {}

    /**
     * Reads {@code {"field": "created_at", "direction": "desc"}}; also {@code {"created_at": -1}} and
     * {@code {"created_at": "desc"}}, which the free-form contracts of buckets and namespaces allow.
     *
     * @param otherwise the order when {@code json} is null or empty
     * @throws dev.waybill.platform.errors.InvalidRequest for an unknown field or direction
     */
    public static Sort parse(@Nullable Map<String, Object> json, Fields fields, Sort otherwise) {
        throw new IllegalStateException();
    }
}
