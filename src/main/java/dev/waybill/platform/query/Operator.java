package dev.waybill.platform.query;

import java.util.Locale;
import java.util.Optional;

/** What a condition compares with; on the wire in lower case. */
public enum Operator {
    EQ,
    NE,
    GT,
    LT,
    GTE,
    LTE,
    IN,
    NIN,
    CONTAINS,
    STARTS_WITH,
    ENDS_WITH,
    REGEX,
    EXISTS,
    IS_NULL,
    TEXT;

    public static Optional<Operator> of(String wire) {
        for (Operator operator : values()) {
            if (operator.wire().equals(wire)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
