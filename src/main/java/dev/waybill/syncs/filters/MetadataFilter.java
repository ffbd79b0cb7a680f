package dev.waybill.syncs.filters;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.platform.errors.Violations;
import dev.waybill.syncs.filters.FilterCheck.Result;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition of the {@code metadata_filters}: field, operator and operand.
 *
 * @param sent the operand as it was sent
 * @param operand the operand in the form used to compare, see {@link Comparison}
 */
record MetadataFilter(String field, Operator operator, Object sent, Object operand) {

    private static final int MAX_FIELD = 1100;
    private static final int MAX_TEXT = 4000;
    private static final int MAX_DIGITS = 60;
    private static final String METADATA = "metadata.";
    private static final String TAG = "tag.";
    private static final String OPERATORS =
            Arrays.stream(Operator.values()).map(Operator::wire).collect(Collectors.joining(", "));

    /** Empty when it is invalid; the violations are added then. */
    static Optional<MetadataFilter> read(
            @Nullable Object json, Set<String> known, List<Object> at, Violations violations) {
        if (!(json instanceof Map<?, ?> object)) {
            violations.add(
                    at,
                    "Input should be an object such as {\"field\": \"size\", \"operator\": \"gt\", \"value\": 1024}",
                    "dict_type");
            return Optional.empty();
        }
        String field = field(object.get("field"), known, below(at, "field"), violations);
        Operator operator = operator(object.get("operator"), below(at, "operator"), violations);
        if (field == null || operator == null) {
            return Optional.empty();
        }
        Object sent = object.get("value");
        if (sent == null && operator == Operator.EXISTS) {
            sent = true;
        }
        Object operand = operand(field, operator, sent, below(at, "value"), violations);
        return sent == null || operand == null
                ? Optional.empty()
                : Optional.of(new MetadataFilter(field, operator, sent, operand));
    }

    private static @Nullable String field(
            @Nullable Object json, Set<String> known, List<Object> at, Violations violations) {
        if (!violations.has(at, json)) {
            return null;
        }
        if (!(json instanceof String name) || name.length() > MAX_FIELD || !FilterReader.canBeStored(name)) {
            violations.add(
                    at, "Input should be a field's name of at most %d characters".formatted(MAX_FIELD), "string_type");
            return null;
        }
        int dot = name.indexOf('.');
        boolean isFamily = dot >= 0 && dot < name.length() - 1 && known.contains(name.substring(0, dot) + ".*");
        if (name.endsWith(".*") || (!isFamily && !known.contains(name))) {
            String fields = new TreeSet<>(known)
                    .stream()
                            .map(each -> each.endsWith(".*") ? each.replace("*", "<name>") : each)
                            .collect(Collectors.joining(", "));
            violations.add(
                    at,
                    "'%s' is no field that this provider's files have; they have %s"
                            .formatted(FilterReader.shown(name), fields),
                    "unknown_field");
            return null;
        }
        return name;
    }

    private static @Nullable Operator operator(@Nullable Object json, List<Object> at, Violations violations) {
        if (json == null) {
            return Operator.EQUALS;
        }
        for (Operator operator : Operator.values()) {
            if (operator.wire().equals(json)) {
                return operator;
            }
        }
        violations.add(at, "Input should be one of: " + OPERATORS, "enum");
        return null;
    }

    private static @Nullable Object operand(
            String field, Operator operator, @Nullable Object sent, List<Object> at, Violations violations) {
        if (!violations.has(at, sent)) {
            return null;
        }
        if (operator == Operator.EXISTS) {
            return sent instanceof Boolean
                    ? sent
                    : refuse(at, "Input should be true or false", "bool_type", violations);
        }
        if (operator.isContains() && (isOfNumber(field) || isOfTime(field))) {
            return refuse(
                    at, "'%s' is no text; use equals, gt, lt, gte or lte".formatted(field), "value_error", violations);
        }
        Object operand = sent == null ? null : operand(field, operator, sent);
        return operand == null ? refuse(at, wanted(field, operator), "value_error", violations) : operand;
    }

    /** Null when the field cannot be compared so. */
    private static @Nullable Object operand(String field, Operator operator, Object sent) {
        if (isOfTime(field)) {
            return sent instanceof String text ? Times.parseOrDay(text).orElse(null) : null;
        }
        if (sent instanceof Number number) {
            return number(number);
        }
        if (isOfNumber(field)) {
            return null;
        }
        if (sent instanceof Boolean) {
            return operator.isOrder() ? null : sent;
        }
        return sent instanceof String text && text.length() <= MAX_TEXT && FilterReader.canBeStored(text) ? text : null;
    }

    private static @Nullable Object refuse(List<Object> at, String message, String type, Violations violations) {
        violations.add(at, message, type);
        return null;
    }

    private static String wanted(String field, Operator operator) {
        if (isOfNumber(field)) {
            return "Input should be a number of bytes";
        }
        if (isOfTime(field)) {
            return "Input should be an RFC 3339 date and time such as 2026-01-31T09:30:00Z";
        }
        return "Input should be a string of at most %d characters or a number of at most %d digits%s"
                .formatted(MAX_TEXT, MAX_DIGITS, operator.isOrder() ? "" : ", true or false");
    }

    private static boolean isOfNumber(String field) {
        return field.equals("size");
    }

    private static boolean isOfTime(String field) {
        return field.equals("last_modified");
    }

    /** Null for a number that is too long to compute with. */
    private static @Nullable BigDecimal number(Number number) {
        BigDecimal decimal = switch (number) {
            case BigDecimal sent -> sent;
            case Integer sent -> BigDecimal.valueOf(sent);
            case Long sent -> BigDecimal.valueOf(sent);
            case Double sent -> Double.isFinite(sent) ? BigDecimal.valueOf(sent) : null;
            default -> null;
        };
        return decimal == null || decimal.precision() > MAX_DIGITS || Math.abs(decimal.scale()) > 1000 ? null : decimal;
    }

    /** As returned and stored. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("field", field);
        json.put("operator", operator.wire());
        json.put("value", sent);
        return json;
    }

    /** The normalized form, for the hash. */
    Map<String, Object> terms() {
        Object value = operand instanceof BigDecimal number ? number.stripTrailingZeros() : operand;
        String name = field.startsWith(METADATA) ? field.toLowerCase(Locale.ROOT) : field;
        return Map.of("field", name, "operator", operator.wire(), "value", value);
    }

    boolean needsTags() {
        return field.startsWith(TAG);
    }

    boolean needsContent() {
        return needsTags() || field.startsWith(METADATA) || field.equals("content_type");
    }

    FilterCheck check() {
        return new FilterCheck(
                "metadata_filters",
                FilterResult.Reason.METADATA_FILTER,
                FilterReader.shown("%s %s %s".formatted(field, operator.wire(), sent)),
                candidate -> isOpen(candidate)
                        ? "not known from the listing"
                        : FilterReader.shown(Objects.toString(value(candidate), "missing")),
                candidate -> isOpen(candidate) ? Result.OPEN : Result.of(takes(value(candidate))));
    }

    private boolean isOpen(Candidate candidate) {
        return candidate.more() == null && needsContent() && value(candidate) == null;
    }

    private @Nullable Object value(Candidate candidate) {
        Attributes more = candidate.more();
        if (field.startsWith(METADATA)) {
            return more == null
                    ? null
                    : more.metadata().get(field.substring(METADATA.length()).toLowerCase(Locale.ROOT));
        }
        if (needsTags()) {
            return more == null ? null : more.tags().get(field.substring(TAG.length()));
        }
        return switch (field) {
            case "key" -> candidate.file().key();
            case "size" -> BigDecimal.valueOf(candidate.file().sizeBytes());
            case "last_modified" -> candidate.file().modifiedAt();
            case "storage_class" -> candidate.file().storageClass();
            case "content_type" -> candidate.contentType();
            default -> null;
        };
    }

    /** A file without the field does not equal, contain or exceed anything, nor is it less. */
    private boolean takes(@Nullable Object value) {
        if (operator == Operator.EXISTS) {
            return (value != null) == operand.equals(true);
        }
        if (value == null) {
            return operator.isNegated();
        }
        return switch (operator) {
            case EQUALS -> Comparison.same(value, operand);
            case NOT_EQUALS -> !Comparison.same(value, operand);
            case CONTAINS -> value.toString().contains(text());
            case NOT_CONTAINS -> !value.toString().contains(text());
            case GT, LT, GTE, LTE -> isOrdered(Comparison.order(value, operand));
            case EXISTS -> throw new IllegalStateException("handled above");
        };
    }

    private boolean isOrdered(OptionalInt order) {
        if (order.isEmpty()) {
            return false;
        }
        int sign = order.getAsInt();
        return switch (operator) {
            case GT -> sign > 0;
            case LT -> sign < 0;
            case GTE -> sign >= 0;
            case LTE -> sign <= 0;
            default -> throw new IllegalStateException("no order: " + operator);
        };
    }

    private String text() {
        return String.valueOf(sent);
    }
}
