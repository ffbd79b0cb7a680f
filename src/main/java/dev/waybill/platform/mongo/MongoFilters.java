package dev.waybill.platform.mongo;

import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Fields.Kind;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/** Turns filters into MongoDB's query language: the subset that the embedded stand-in speaks as well. */
final class MongoFilters {

    private static final String METACHARACTERS = "\\^$.|?*+()[]{}-/#&~";

    private MongoFilters() {}

    static Document query(Filter filter, Fields fields) {
        return switch (filter) {
            case Filter.And and -> and.parts().isEmpty() ? everything() : join("$and", and.parts(), fields);
            case Filter.Or or -> or.parts().isEmpty() ? nothing() : join("$or", or.parts(), fields);
            case Filter.Not not -> not.parts().isEmpty() ? everything() : join("$nor", not.parts(), fields);
            case Condition condition -> condition(condition, fields);
        };
    }

    /** Every word stands somewhere in the paths. */
    static Document search(List<String> words, Iterable<String> paths, boolean caseSensitive) {
        List<Document> all = new ArrayList<>();
        for (String word : words) {
            List<Document> somewhere = new ArrayList<>();
            for (String path : paths) {
                somewhere.add(regex(path, quote(word), !caseSensitive));
            }
            all.add(somewhere.size() == 1 ? somewhere.getFirst() : new Document("$or", somewhere));
        }
        return and(all);
    }

    /** All of them; those that match everything fall away. */
    static Document and(List<Document> queries) {
        List<Document> narrowing =
                queries.stream().filter(query -> !query.isEmpty()).toList();
        return switch (narrowing.size()) {
            case 0 -> new Document();
            case 1 -> narrowing.getFirst();
            default -> new Document("$and", narrowing);
        };
    }

    private static Document everything() {
        return new Document();
    }

    private static Document nothing() {
        return new Document("$nor", List.of(new Document()));
    }

    private static Document join(String operator, List<Filter> parts, Fields fields) {
        return new Document(
                operator, parts.stream().map(part -> query(part, fields)).toList());
    }

    private static Document condition(Condition condition, Fields fields) {
        Field field = fields.find(condition.field()).orElseThrow(() -> new IllegalStateException(condition.field()));
        String path = field.path();
        boolean fold = !condition.caseSensitive() && field.kind() != Kind.TOKEN && field.kind() != Kind.DATETIME;
        Object value = condition.value();
        return switch (condition.operator()) {
            case EQ -> equal(path, value, fold);
            case NE ->
                fold && value instanceof String
                        ? new Document("$nor", List.of(equal(path, value, true)))
                        : compare(path, "$ne", value);
            case GT -> compare(path, "$gt", value);
            case LTE -> compare(path, "$lte", value);
            case GTE -> compare(path, "$gte", value);
            case LT -> compare(path, "$lt", value);
            case IN -> in(path, value, fold);
            case NIN -> new Document("$nor", List.of(in(path, value, fold)));
            case CONTAINS -> regex(path, quote(text(value)), fold);
            case STARTS_WITH -> regex(path, "^" + quote(text(value)), fold);
            case ENDS_WITH -> regex(path, quote(text(value)) + "\\z", fold);
            case REGEX -> regex(path, text(value), fold);
            case TEXT -> search(List.of(text(value).split("\\s+")), List.of(path), !fold);
            case EXISTS -> new Document(path, new Document("$exists", value));
            case IS_NULL -> Boolean.TRUE.equals(value) ? equal(path, null, false) : compare(path, "$ne", null);
        };
    }

    private static Document equal(String path, @Nullable Object value, boolean fold) {
        return fold && value instanceof String text
                ? regex(path, "^" + quote(text) + "\\z", true)
                : compare(path, "$eq", value);
    }

    private static Document in(String path, @Nullable Object list, boolean fold) {
        List<@Nullable Object> exact = new ArrayList<>();
        List<Document> any = new ArrayList<>();
        if (list instanceof List<?> values) {
            for (Object value : values) {
                if (fold && value instanceof String) {
                    any.add(equal(path, value, true));
                } else {
                    exact.add(stored(value));
                }
            }
        }
        if (any.isEmpty() || !exact.isEmpty()) {
            any.add(new Document(path, new Document("$in", exact)));
        }
        return any.size() == 1 ? any.getFirst() : new Document("$or", any);
    }

    private static Document compare(String path, String operator, @Nullable Object value) {
        return new Document(path, new Document(operator, stored(value)));
    }

    /** The operand as MongoDB holds it. */
    static @Nullable Object stored(@Nullable Object value) {
        if (value instanceof Instant instant) {
            return Date.from(instant);
        }
        return value instanceof BigDecimal decimal ? new Decimal128(decimal) : value;
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    /** MongoDB matches patterns in strings only; the type is named because the stand-in matches numbers too. */
    private static Document regex(String path, String pattern, boolean fold) {
        Document match = new Document("$regex", pattern);
        if (fold) {
            match.append("$options", "i");
        }
        return and(List.of(new Document(path, new Document("$type", "string")), new Document(path, match)));
    }

    /** The text as a pattern of itself; a plain backslash is read alike by every engine. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (METACHARACTERS.indexOf(c) >= 0) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.toString();
    }
}
