package dev.waybill.platform.query;

import dev.waybill.platform.query.Sort.Direction;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an order from the JSON that callers send. */
public final class SortParser {

    private static final String FIELD = "field";
    private static final String DIRECTION = "direction";

    private SortParser() {}

    /**
     * Reads {@code {"field": "created_at", "direction": "desc"}}; also {@code {"created_at": -1}} and
     * {@code {"created_at": "desc"}}, which the free-form contracts of buckets and namespaces allow.
     *
     * @param otherwise the order when {@code json} is null or empty
     * @throws dev.waybill.platform.errors.InvalidRequest for an unknown field or direction
     */
    public static Sort parse(@Nullable Map<String, ? extends @Nullable Object> json, Fields fields, Sort otherwise) {
        if (json == null || json.isEmpty()) {
            return otherwise;
        }
        JsonPath at = JsonPath.body("sort");
        if (json.containsKey(FIELD)) {
            if (!(json.get(FIELD) instanceof String name)) {
                throw at.in(FIELD).refuse("string_type", "must be the name of a field");
            }
            return sort(name, json.get(DIRECTION), fields, at.in(FIELD), at.in(DIRECTION));
        }
        if (json.size() > 1) {
            throw at.refuse("too_long", "lists are sorted by one field");
        }
        Map.Entry<String, ? extends @Nullable Object> only =
                json.entrySet().iterator().next();
        JsonPath jsonPath = at.in(only.getKey());
        return sort(only.getKey(), only.getValue(), fields, jsonPath, jsonPath);
    }

    private static Sort sort(
            String name, @Nullable Object direction, Fields fields, JsonPath nameAt, JsonPath directionAt) {
        FieldNames.require(name, fields, "sort by", nameAt);
        return new Sort(name, direction(direction, directionAt));
    }

    private static Direction direction(@Nullable Object direction, JsonPath at) {
        if (direction == null) {
            return Direction.ASC;
        }
        return switch (direction.toString().toLowerCase(Locale.ROOT)) {
            case "asc", "1" -> Direction.ASC;
            case "desc", "-1" -> Direction.DESC;
            default -> throw at.refuse("enum", "must be 'asc' or 'desc'");
        };
    }
}
