package dev.waybill.platform.mongo;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Converts free-form JSON, such as a caller's metadata, to what MongoDB stores and back. What was sent comes back the
 * same: nulls, the order of keys, the kind of a number. Numbers that no BSON type holds exactly (more than 34 digits)
 * are stored as text under a key that callers cannot send, because names that start with {@code $} are refused.
 */
public final class JsonValues {

    private static final String BIG_NUMBER = "$big";

    private JsonValues() {}

    /** A JSON object as it is stored. */
    public static Map<String, Object> toStored(Map<String, ?> json) {
        return object(json, JsonValues::stored);
    }

    /** A JSON value as it is stored; null stays null. */
    public static @Nullable Object toStored(@Nullable Object json) {
        return stored(json);
    }

    /** The JSON object that was stored; not to be changed. */
    public static Map<String, Object> fromStored(Map<String, ?> stored) {
        return Collections.unmodifiableMap(object(stored, JsonValues::restored));
    }

    /** The JSON value that was stored; null stays null. */
    public static @Nullable Object fromStored(@Nullable Object stored) {
        return restored(stored);
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> object(map, JsonValues::stored);
            case Collection<?> items -> list(items, JsonValues::stored);
            case BigInteger whole -> big(new BigDecimal(whole));
            case BigDecimal number -> big(number);
            case null -> null;
            default -> value;
        };
    }

    private static @Nullable Object restored(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> restoredMap(map);
            case Collection<?> items -> Collections.unmodifiableList(list(items, JsonValues::restored));
            case Decimal128 decimal -> number(decimal.bigDecimalValue());
            case BigDecimal decimal -> number(decimal);
            case null -> null;
            default -> value;
        };
    }

    private static Object restoredMap(Map<?, ?> map) {
        if (map.size() == 1 && map.get(BIG_NUMBER) instanceof String digits) {
            return number(new BigDecimal(digits));
        }
        return Collections.unmodifiableMap(object(map, JsonValues::restored));
    }

    private static Object big(BigDecimal number) {
        try {
            Decimal128 decimal = new Decimal128(number);
            if (decimal.bigDecimalValue().equals(number)) {
                return decimal;
            }
        } catch (NumberFormatException | ArithmeticException tooManyDigits) {
            return Map.of(BIG_NUMBER, number.toString());
        }
        return Map.of(BIG_NUMBER, number.toString());
    }

    /** A number without a point or an exponent is a whole one, as it is in JSON. */
    private static Number number(BigDecimal number) {
        return number.scale() == 0 ? number.unscaledValue() : number;
    }

    private static Map<String, Object> object(Map<?, ?> map, Change change) {
        Map<String, @Nullable Object> out = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> out.put(String.valueOf(key), change.of(value)));
        return nullsAllowed(out);
    }

    private static List<@Nullable Object> list(Collection<?> items, Change change) {
        List<@Nullable Object> out = new ArrayList<>(items.size());
        items.forEach(item -> out.add(change.of(item)));
        return out;
    }

    /** JSON maps hold nulls, and are written {@code Map<String, Object>} all over, as Jackson returns them. */
    @SuppressWarnings("NullAway")
    private static Map<String, Object> nullsAllowed(Map<String, @Nullable Object> map) {
        return map;
    }

    @FunctionalInterface
    private interface Change {
        @Nullable
        Object of(@Nullable Object value);
    }
}
