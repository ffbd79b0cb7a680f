package dev.waybill.aggregations;

import dev.waybill.aggregations.ObjectAggregation.Key;
import dev.waybill.aggregations.ObjectAggregationRequest.RangeBucket;
import dev.waybill.platform.query.Fields.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The MongoDB expression of a group key. Dates are truncated by arithmetic rather than by {@code $dateTrunc}, which the
 * embedded stand-in does not have: spans of fixed length as milliseconds, months and years as their number.
 *
 * @param value an expression, as MongoDB reads it
 */
record GroupKeyExpression(Object value) {

    private static final long SECOND = 1000;
    private static final long DAY = 86_400 * SECOND;

    /** 1970 began on a Thursday, four days after a Sunday. */
    private static final long SINCE_SUNDAY = 4 * DAY;

    private static final Map<String, Long> SPANS =
            Map.of("week", 7 * DAY, "day", DAY, "hour", 3600 * SECOND, "minute", 60 * SECOND, "second", SECOND);

    private static final Map<String, String> PARTS = Map.of(
            "year", "$year",
            "month", "$month",
            "day", "$dayOfMonth",
            "dayOfYear", "$dayOfYear",
            "hour", "$hour",
            "minute", "$minute",
            "second", "$second");

    static Object of(Key key) {
        String path = "$" + key.field().path();
        return switch (key.cut()) {
            case NONE -> op("$ifNull", path, null);
            case RANGE -> key.ranges() == null ? path : range(path, key.ranges());
            case TRUNC -> dated(key, path, truncated(String.valueOf(key.unit()), date(key, path)));
            case PART -> dated(key, path, part(String.valueOf(key.unit()), date(key, path)));
        };
    }

    /** Dates in metadata are texts; any other value counts as missing. */
    private static Object date(Key key, String path) {
        return key.field().kind() == Kind.INSTANT
                ? path
                : new Document(
                        "$convert",
                        new Document("input", key.field().kind() == Kind.DATETIME ? millis(path) : path)
                                .append("to", "date")
                                .append("onError", null)
                                .append("onNull", null));
    }

    /** Cut to the millisecond, which is what databases parse. */
    private static Object millis(String path) {
        return op("$concat", op("$substrBytes", path, 0, "2024-06-02T04:30:00.000".length()), "Z");
    }

    private static Object dated(Key key, String path, Object cut) {
        return op("$cond", op("$eq", op("$ifNull", date(key, path), null), null), null, cut);
    }

    private static Object truncated(String unit, Object date) {
        if (unit.equals("year")) {
            return new Document("$year", date);
        }
        if (unit.equals("month")) {
            Object years = op("$multiply", new Document("$year", date), 12);
            return op("$add", years, new Document("$month", date), -1);
        }
        long span = SPANS.getOrDefault(unit, SECOND);
        Object millis = new Document("$toLong", date);
        Object shifted = unit.equals("week") ? op("$add", millis, SINCE_SUNDAY) : millis;
        return op("$subtract", millis, remainder(shifted, span));
    }

    private static Object part(String unit, Object date) {
        return switch (unit) {
            case "dayOfWeek" -> dayOfWeek(date);
            case "week" -> {
                Object days = op("$add", new Document("$dayOfYear", date), 7, op("$multiply", -1, dayOfWeek(date)));
                yield new Document("$toInt", new Document("$floor", op("$divide", days, 7)));
            }
            default -> new Document(PARTS.getOrDefault(unit, "$year"), date);
        };
    }

    /** 1 for Sunday. By arithmetic too: the stand-in begins its weeks on Monday. */
    private static Object dayOfWeek(Object date) {
        Object sinceSunday = remainder(op("$add", new Document("$toLong", date), SINCE_SUNDAY), 7 * DAY);
        return op("$add", 1, new Document("$toInt", new Document("$floor", op("$divide", sinceSunday, DAY))));
    }

    /** Never negative, not even for times before 1970. */
    private static Object remainder(Object number, long divisor) {
        return op("$mod", op("$add", op("$mod", number, divisor), divisor), divisor);
    }

    /** A label for each number of boundaries that a value may reach; flat, as MongoDB limits the nesting depth. */
    private static Object range(String path, RangeBucket ranges) {
        List<Number> boundaries = ranges.boundaries();
        List<@Nullable String> labels = new ArrayList<>();
        labels.add(ranges.defaultBucket());
        for (int i = 1; i < boundaries.size(); i++) {
            labels.add(boundaries.get(i - 1) + "-" + boundaries.get(i));
        }
        // Values that are no numbers come here too, unless they sort below all numbers.
        labels.add(ranges.defaultBucket());
        Document reached = new Document("input", boundaries)
                .append("as", "boundary")
                .append("cond", op("$lte", "$$boundary", path));
        return op(
                "$arrayElemAt",
                new Document("$literal", labels),
                new Document("$size", new Document("$filter", reached)));
    }

    private static Document op(String name, @Nullable Object... operands) {
        return new Document(name, Arrays.asList(operands));
    }
}
