package dev.waybill.platform.query;

import java.util.Arrays;
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
        return Arrays.stream(values())
                .filter(operator -> operator.wire().equals(wire))
                .findFirst();
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
