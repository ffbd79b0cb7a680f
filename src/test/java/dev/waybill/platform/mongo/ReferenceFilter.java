package dev.waybill.platform.mongo;

import com.google.re2j.Pattern;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.Fields.Kind;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.bson.types.Decimal128;

/** What filters mean, said once more in plain Java: over a document in memory, without any query language. */
final class ReferenceFilter {

    private final Fields fields;

    ReferenceFilter(Fields fields) {
        this.fields = fields;
    }

    boolean matches(Filter filter, Map<String, Object> document) {
        return switch (filter) {
            case Filter.And and -> and.parts().stream().allMatch(part -> matches(part, document));
            case Filter.Or or -> or.parts().stream().anyMatch(part -> matches(part, document));
            case Filter.Not not -> not.parts().stream().noneMatch(part -> matches(part, document));
            case Condition condition -> matches(condition, document);
        };
    }

    private boolean matches(Condition condition, Map<String, Object> document) {
        Fields.Field field = fields.find(condition.field()).orElseThrow();
        boolean fold = !condition.caseSensitive() && field.kind() != Kind.TOKEN;
        List<Object> found = new ArrayList<>();
        collect(document, List.of(field.path().split("\\.")), found);
        Object operand = condition.value();
        return switch (condition.operator()) {
            case EQ -> equal(found, operand, fold);
            case NE -> !equal(found, operand, fold);
            case IN -> ((List<?>) operand).stream().anyMatch(one -> equal(found, one, fold));
            case NIN -> ((List<?>) operand).stream().noneMatch(one -> equal(found, one, fold));
            case GT -> any(found, value -> order(value, operand) != null && order(value, operand) > 0);
            case GTE -> any(found, value -> order(value, operand) != null && order(value, operand) >= 0);
            case LT -> any(found, value -> order(value, operand) != null && order(value, operand) < 0);
            case LTE -> any(found, value -> order(value, operand) != null && order(value, operand) <= 0);
            case CONTAINS -> text(found, fold, text -> text.contains(folded((String) operand, fold)));
            case STARTS_WITH -> text(found, fold, text -> text.startsWith(folded((String) operand, fold)));
            case ENDS_WITH -> text(found, fold, text -> text.endsWith(folded((String) operand, fold)));
            case REGEX -> {
                Pattern pattern = Pattern.compile((String) operand, fold ? Pattern.CASE_INSENSITIVE : 0);
                yield text(found, false, text -> pattern.matcher(text).find());
            }
            case TEXT ->
                List.of(((String) operand).split("\\s+")).stream()
                        .allMatch(word -> text(found, fold, text -> text.contains(folded(word, fold))));
            case EXISTS -> Objects.equals(operand, !found.isEmpty());
            case IS_NULL -> Objects.equals(operand, equal(found, null, false));
        };
    }

    /** The values at the path: through lists, and for a list at its end the list and its elements. */
    private static void collect(Object value, List<String> path, List<Object> found) {
        if (path.isEmpty()) {
            found.add(value);
            if (value instanceof List<?> list) {
                found.addAll(list);
            }
        } else if (value instanceof Map<?, ?> map && map.containsKey(path.getFirst())) {
            collect(map.get(path.getFirst()), path.subList(1, path.size()), found);
        }
    }

    private static boolean equal(List<Object> found, Object operand, boolean fold) {
        if (operand == null) {
            return found.isEmpty() || found.contains(null);
        }
        return any(
                found,
                value -> value instanceof String text && operand instanceof String other
                        ? folded(text, fold).equals(folded(other, fold))
                        : Integer.valueOf(0).equals(order(value, operand)));
    }

    private static boolean text(List<Object> found, boolean fold, Predicate<String> test) {
        return any(found, value -> value instanceof String text && test.test(folded(text, fold)));
    }

    private static boolean any(List<Object> found, Predicate<Object> test) {
        return found.stream().anyMatch(test);
    }

    private static String folded(String text, boolean fold) {
        return fold ? text.toLowerCase(Locale.ROOT) : text;
    }

    /** Null where the two are of different types, which have no order. */
    private static Integer order(Object value, Object operand) {
        if (value instanceof String text && operand instanceof String other) {
            return text.compareTo(other);
        }
        if (value instanceof Boolean bool && operand instanceof Boolean other) {
            return bool.compareTo(other);
        }
        if (value instanceof Date date && operand instanceof Instant other) {
            return date.toInstant().compareTo(other);
        }
        BigDecimal number = number(value);
        BigDecimal other = number(operand);
        return number == null || other == null ? null : (Integer) number.compareTo(other);
    }

    private static BigDecimal number(Object value) {
        return switch (value) {
            case null -> null;
            case Decimal128 decimal -> decimal.bigDecimalValue();
            case BigDecimal decimal -> decimal;
            case Double number -> new BigDecimal(number);
            case Number number -> BigDecimal.valueOf(number.longValue());
            default -> null;
        };
    }
}
