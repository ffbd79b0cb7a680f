package dev.waybill.platform.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A filter as a caller wrote it, checked and typed: fields are known, operands have the field's type. */
public sealed interface Filter {

    /** Matches everything. */
    Filter ALL = new And(List.of());

    /** All parts hold; with no parts, everything matches. */
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** At least one part holds. */
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** None of the parts holds. */
    record Not(List<Filter> parts) implements Filter {
        public Not {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One comparison.
     *
     * @param field the wire's name of the field, such as {@code metadata.campaign}
     * @param value the operand; null only for a comparison with JSON's null
     */
    record Condition(
            String field, Operator operator, @Nullable Object value, boolean caseSensitive) implements Filter {}
}
