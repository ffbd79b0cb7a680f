package dev.waybill.platform.query;

import dev.waybill.platform.query.Fields.Kind;
import dev.waybill.platform.text.Letters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the operand of a condition against the field's kind and turns it into the type that is stored. Afterwards an
 * operand is null, a String, Long, Double, BigDecimal, Boolean, Instant, or a list of these.
 */
final class Operands {

    private static final int MAX_STRING = 4000;
    private static final int MAX_WORDS = 20;
    static final int MAX_DECIMAL_SCALE = 6000;

    private Operands() {}

    static @Nullable Object check(Kind kind, Operator operator, @Nullable Object value, JsonPath at) {
        return switch (operator) {
            case EQ, NE -> value == null ? null : scalar(kind, value, at);
            case GT, LT, GTE, LTE -> ordered(kind, operator, value, at);
            case IN, NIN -> list(kind, operator, value, at);
            case CONTAINS, STARTS_WITH, ENDS_WITH -> text(kind, operator, value, at);
            case TEXT -> words(kind, value, at);
            case REGEX -> regex(kind, value, at);
            case EXISTS -> bool(value, at);
            case IS_NULL -> value == null ? Boolean.TRUE : bool(value, at);
        };
    }

    private static Object scalar(Kind kind, Object value, JsonPath at) {
        return switch (kind) {
            case TEXT, TOKEN -> string(value, MAX_STRING, at);
            case NUMBER -> number(value, at);
            case INSTANT -> instant(value, at);
            case DATETIME -> Instants.spell(instant(value, at));
            case BOOLEAN -> bool(value, at);
            case ANY ->
                switch (value) {
                    case String text -> string(text, MAX_STRING, at);
                    case Number number -> number(number, at);
                    case Boolean bool -> bool;
                    default -> throw at.refuse("scalar_type", "must be a string, a number, true, false or null");
                };
        };
    }

    private static Object ordered(Kind kind, Operator operator, @Nullable Object value, JsonPath at) {
        if (value == null || kind == Kind.BOOLEAN || value instanceof Boolean) {
            throw at.refuse("order", "'%s' compares numbers, dates or strings".formatted(operator.wire()));
        }
        return scalar(kind, value, at);
    }

    private static List<@Nullable Object> list(Kind kind, Operator operator, @Nullable Object value, JsonPath at) {
        if (!(value instanceof List<?> operands)) {
            throw at.refuse("list_type", "'%s' takes a list of values".formatted(operator.wire()));
        }
        if (operands.size() > FilterParser.MAX_VALUES) {
            throw at.refuse("too_long", "must list at most %d values".formatted(FilterParser.MAX_VALUES));
        }
        List<@Nullable Object> checked = new ArrayList<>(operands.size());
        for (int i = 0; i < operands.size(); i++) {
            Object element = operands.get(i);
            checked.add(element == null ? null : scalar(kind, element, at.in(i)));
        }
        return Collections.unmodifiableList(checked);
    }

    private static String text(Kind kind, Operator operator, @Nullable Object value, JsonPath at) {
        if (kind != Kind.TEXT && kind != Kind.TOKEN && kind != Kind.ANY) {
            throw at.refuse("operator_kind", "'%s' works on text fields only".formatted(operator.wire()));
        }
        return string(value, FilterParser.MAX_TEXT, at);
    }

    private static String words(Kind kind, @Nullable Object value, JsonPath at) {
        String text = text(kind, Operator.TEXT, value, at).strip();
        int words = text.isEmpty() ? 0 : text.split("\\s+").length;
        if (words == 0 || words > MAX_WORDS) {
            throw at.refuse("words", "must hold 1 to %d words".formatted(MAX_WORDS));
        }
        return text;
    }

    private static String regex(Kind kind, @Nullable Object value, JsonPath at) {
        String regex = text(kind, Operator.REGEX, value, at);
        if (regex.length() > FilterParser.MAX_REGEX) {
            throw at.refuse(
                    "string_too_long",
                    "a regular expression has at most %d characters".formatted(FilterParser.MAX_REGEX));
        }
        try {
            return Re2Regex.portable(regex);
        } catch (IllegalArgumentException e) {
            throw at.refuse("regex", String.valueOf(e.getMessage()));
        }
    }

    private static String string(@Nullable Object value, int max, JsonPath at) {
        if (!(value instanceof String text)) {
            throw at.refuse("string_type", "must be a string");
        }
        if (text.length() > max) {
            throw at.refuse("string_too_long", "must have at most %d characters".formatted(max));
        }
        if (text.indexOf('\0') >= 0 || !Letters.isWhole(text)) {
            throw at.refuse("string_characters", "must not hold NUL or broken characters");
        }
        return text;
    }

    private static Number number(Object value, JsonPath at) {
        return switch (value) {
            case Byte small -> small.longValue();
            case Short small -> small.longValue();
            case Integer small -> small.longValue();
            case Long whole -> whole;
            case BigInteger whole -> whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : decimal(whole, at);
            case BigDecimal decimal -> decimal(decimal, at);
            case Number other -> finite(other.doubleValue(), at);
            default -> throw at.refuse("number_type", "must be a number");
        };
    }

    private static double finite(double value, JsonPath at) {
        if (!Double.isFinite(value)) {
            throw at.refuse("number_type", "must be a number within the range of a double");
        }
        return value;
    }

    private static BigDecimal decimal(BigInteger value, JsonPath at) {
        return decimal(new BigDecimal(value), at);
    }

    /** Stored decimals hold 34 digits; what does not fit could equal nothing. */
    private static BigDecimal decimal(BigDecimal value, JsonPath at) {
        BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        if (plain.precision() > MathContext.DECIMAL128.getPrecision() || Math.abs(plain.scale()) > MAX_DECIMAL_SCALE) {
            throw at.refuse("number_type", "must be a number of at most 34 digits");
        }
        return plain;
    }

    private static Boolean bool(@Nullable Object value, JsonPath at) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw at.refuse("bool_type", "must be true or false");
    }

    private static Instant instant(Object value, JsonPath at) {
        Optional<Instant> read = value instanceof String text ? Instants.read(text) : Optional.empty();
        if (read.isPresent()) {
            return read.get();
        }
        throw at.refuse("datetime", "must be an RFC 3339 date and time, such as 2026-01-31T09:30:00Z");
    }
}
