package dev.waybill.platform.query;

import dev.waybill.platform.query.Fields.Field;
import dev.waybill.platform.query.Filter.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter from the JSON that callers send. Two spellings, which may be mixed at every level:
 *
 * <ul>
 *   <li>shorthand: {@code {"status": "PENDING", "metadata.campaign": "x"}}; a list means {@code in}, and an object
 *       holds operators, as in {@code {"file_size_bytes": {"gte": 5, "lt": 9}}};
 *   <li>logical: {@code {"AND": [{"field": "status", "operator": "eq", "value": "PENDING"}], "OR": [...], "NOT":
 *       [...]}}, with {@code eq} where no operator is given. What stands beside each other must hold together.
 * </ul>
 *
 * {@code case_sensitive} may stand in every object, holds for everything below, and is false unless given. In a regular
 * expression, {@code (?-i)} says the same for what follows.
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

    private static final String CASE_SENSITIVE = "case_sensitive";
    private static final String FIELD = "field";
    private static final String OPERATOR = "operator";
    private static final String VALUE = "value";
    private static final String KNOWN_OPERATORS =
            Arrays.stream(Operator.values()).map(Operator::wire).collect(Collectors.joining(", "));

    private final Fields fields;
    private int conditions;

    private FilterParser(Fields fields) {
        this.fields = fields;
    }

    /**
     * Reads and checks a filter.
     *
     * @param json null or empty gives {@link Filter#ALL}
     * @throws dev.waybill.platform.errors.InvalidRequest for an unknown operator, a field that callers may not use, an
     *     operand of the wrong kind, a name with {@code $} or NUL, or nesting beyond depth 10
     */
    public static Filter parse(@Nullable Map<String, ? extends @Nullable Object> json, Fields fields) {
        return parse(json, fields, false);
    }

    /**
     * Reads and checks a filter whose request says for all of it whether case matters.
     *
     * @param caseSensitive what holds where the filter itself does not say
     * @throws dev.waybill.platform.errors.InvalidRequest as {@link #parse(Map, Fields)} does
     */
    public static Filter parse(
            @Nullable Map<String, ? extends @Nullable Object> json, Fields fields, boolean caseSensitive) {
        if (json == null || json.isEmpty()) {
            return Filter.ALL;
        }
        return new FilterParser(fields).object(json, JsonPath.body("filters"), 0, caseSensitive);
    }

    private Filter object(Map<?, ?> json, JsonPath at, int depth, boolean inherited) {
        boolean sensitive = caseSensitive(json, at, inherited);
        boolean condition = json.containsKey(FIELD) && (json.containsKey(VALUE) || json.containsKey(OPERATOR));
        List<Filter> parts = new ArrayList<>();
        if (condition) {
            parts.add(condition(json, at, sensitive));
        }
        for (Map.Entry<?, ?> entry : json.entrySet()) {
            String key = String.valueOf(entry.getKey());
            Object value = entry.getValue();
            switch (key) {
                case CASE_SENSITIVE -> {}
                case "AND", "and" -> parts.addAll(group(value, at.in(key), depth, sensitive));
                case "OR", "or" -> {
                    List<Filter> any = group(value, at.in(key), depth, sensitive);
                    if (!any.isEmpty()) {
                        parts.add(new Filter.Or(any));
                    }
                }
                case "NOT", "not" -> {
                    List<Filter> none = group(value, at.in(key), depth, sensitive);
                    if (!none.isEmpty()) {
                        parts.add(new Filter.Not(none));
                    }
                }
                default -> {
                    if (!condition) {
                        shorthand(key, value, at.in(key), sensitive, parts);
                    }
                }
            }
        }
        return parts.size() == 1 ? parts.getFirst() : new Filter.And(parts);
    }

    /** The parts of a logical operator. Null and an empty list say nothing, as clients send them for what is unset. */
    private List<Filter> group(@Nullable Object json, JsonPath at, int depth, boolean sensitive) {
        if (json == null) {
            return List.of();
        }
        if (depth == MAX_DEPTH) {
            throw at.refuse("nesting_too_deep", "AND, OR and NOT may be nested %d deep".formatted(MAX_DEPTH));
        }
        if (json instanceof Map<?, ?> single) {
            return List.of(object(single, at, depth + 1, sensitive));
        }
        if (!(json instanceof List<?> list)) {
            throw at.refuse("list_type", "must be a list of conditions");
        }
        List<Filter> parts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> part)) {
                throw at.in(i).refuse("object_type", "must be an object: a condition, or AND, OR, NOT");
            }
            parts.add(object(part, at.in(i), depth + 1, sensitive));
        }
        return parts;
    }

    private Filter condition(Map<?, ?> json, JsonPath at, boolean sensitive) {
        if (!(json.get(FIELD) instanceof String name)) {
            throw at.in(FIELD).refuse("string_type", "must be the name of a field");
        }
        Object operator = json.get(OPERATOR);
        Operator known = operator == null ? Operator.EQ : operator(operator, at.in(OPERATOR));
        if (!json.containsKey(VALUE) && known != Operator.IS_NULL) {
            throw at.in(VALUE).refuse("missing", "is required for the operator '%s'".formatted(known.wire()));
        }
        return condition(name, known, json.get(VALUE), at.in(FIELD), at.in(VALUE), sensitive);
    }

    private void shorthand(String name, @Nullable Object value, JsonPath at, boolean sensitive, List<Filter> parts) {
        if (value instanceof Map<?, ?> operators) {
            boolean own = caseSensitive(operators, at, sensitive);
            int before = parts.size();
            for (Map.Entry<?, ?> entry : operators.entrySet()) {
                Object key = entry.getKey();
                if (!CASE_SENSITIVE.equals(key)) {
                    JsonPath jsonPath = at.in(String.valueOf(key));
                    parts.add(condition(name, operator(key, jsonPath), entry.getValue(), at, jsonPath, own));
                }
            }
            if (parts.size() == before) {
                throw at.refuse("object_type", "must be a value, a list of values, or operators with their values");
            }
        } else {
            Operator operator = value instanceof List<?> ? Operator.IN : Operator.EQ;
            parts.add(condition(name, operator, value, at, at, sensitive));
        }
    }

    private Condition condition(
            String name,
            Operator operator,
            @Nullable Object value,
            JsonPath nameAt,
            JsonPath valueAt,
            boolean sensitive) {
        if (++conditions > MAX_CONDITIONS) {
            throw JsonPath.body("filters")
                    .refuse("too_long", "must hold at most %d conditions".formatted(MAX_CONDITIONS));
        }
        Field field = FieldNames.require(name, fields, "filter by", nameAt);
        return new Condition(name, operator, Operands.check(field.kind(), operator, value, valueAt), sensitive);
    }

    private static Operator operator(@Nullable Object name, JsonPath at) {
        return Operator.of(String.valueOf(name))
                .orElseThrow(() -> at.refuse(
                        "unknown_operator", "'%s' is no operator; known are %s".formatted(name, KNOWN_OPERATORS)));
    }

    private static boolean caseSensitive(Map<?, ?> json, JsonPath at, boolean inherited) {
        return switch (json.get(CASE_SENSITIVE)) {
            case null -> inherited;
            case Boolean flag -> flag;
            default -> throw at.in(CASE_SENSITIVE).refuse("bool_type", "must be true or false");
        };
    }
}
