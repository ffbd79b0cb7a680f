package dev.waybill.syncs.filters;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Compares a file's value with the operand of a filter. Both are a {@link String}, a {@link BigDecimal} or an
 * {@link Instant}, operands also a {@link Boolean}. Values of files are mostly text: they are compared as numbers or
 * times where both value and operand look like one.
 */
final class Comparison {

    /** Text that looks like a number and is small enough to compute with. */
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,60}(?:\\.[0-9]{0,60})?|\\.[0-9]{1,60})(?:[eE][+-]?[0-9]{1,3})?");

    private Comparison() {}

    static boolean same(Object value, Object operand) {
        if (operand instanceof Boolean expected) {
            return value instanceof String text && text.equalsIgnoreCase(expected.toString());
        }
        if (value instanceof String text && operand instanceof String expected) {
            return text.equals(expected)
                    || Times.parse(text)
                            .flatMap(time -> Times.parse(expected).map(time::equals))
                            .orElse(false);
        }
        OptionalInt order = order(value, operand);
        return order.isPresent() && order.getAsInt() == 0;
    }

    /** Below zero when the value is the lesser one; empty when they cannot be compared, such as a word and a number. */
    static OptionalInt order(Object value, Object operand) {
        if (operand instanceof BigDecimal expected) {
            Optional<BigDecimal> number =
                    value instanceof BigDecimal own ? Optional.of(own) : number(String.valueOf(value));
            return number.map(own -> OptionalInt.of(own.compareTo(expected))).orElseGet(OptionalInt::empty);
        }
        if (value instanceof Instant time && operand instanceof Instant expected) {
            return OptionalInt.of(time.compareTo(expected));
        }
        if (value instanceof String text && operand instanceof String expected) {
            return OptionalInt.of(order(text, expected));
        }
        return OptionalInt.empty();
    }

    private static int order(String text, String expected) {
        Optional<Integer> asNumbers =
                number(text).flatMap(own -> number(expected).map(own::compareTo));
        return asNumbers
                .or(() -> Times.parse(text).flatMap(own -> Times.parse(expected).map(own::compareTo)))
                .orElseGet(() -> Arrays.compareUnsigned(utf8(text), utf8(expected)));
    }

    private static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
