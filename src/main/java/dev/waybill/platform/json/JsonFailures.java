package dev.waybill.platform.json;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Maps Jackson's exceptions to client errors that say why a body could not be read. Jackson's own messages name
 * classes, so none of them goes out.
 */
public final class JsonFailures {

    private static final int MAX_FIELD = 200;

    private JsonFailures() {}

    public static WaybillException translate(JacksonException failure) {
        return switch (failure) {
            case InvalidDefinitionException ours -> internal(ours);
            case InputCoercionException range -> mismatch(range, range.getTargetType());
            case StreamConstraintsException bounds -> malformed(bounds, boundOf(bounds), "");
            case UnexpectedEndOfInputException end -> malformed(end, "it ends too early");
            case StreamReadException syntax -> malformed(syntax, syntaxOf(syntax));
            case ValueInstantiationException value -> instantiation(value);
            case MismatchedInputException mismatch ->
                isTrailing(mismatch)
                        ? malformed(mismatch, "something follows after its end")
                        : mismatch(mismatch, mismatch.getTargetType());
            default -> mismatch(failure, null);
        };
    }

    private static WaybillException internal(JacksonException cause) {
        return new WaybillException(ErrorCode.INTERNAL, "a type cannot be read from JSON", Map.of(), cause);
    }

    /** @param at where reading stopped */
    public static WaybillException beyond(StreamConstraintsException bounds, JsonParser at) {
        return malformed(bounds, boundOf(bounds), field(at));
    }

    private static WaybillException malformed(JacksonException failure, String why) {
        return malformed(failure, why, failure.processor() instanceof JsonParser at ? field(at) : "");
    }

    private static WaybillException malformed(JacksonException failure, String why, String field) {
        Map<String, Object> details = new LinkedHashMap<>();
        String where = "";
        TokenStreamLocation location = failure.getLocation();
        if (location != null && location.getLineNr() > 0) {
            details.put("line", location.getLineNr());
            details.put("column", location.getColumnNr());
            where = " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
        }
        if (!field.isEmpty()) {
            details.put("field", field);
            where += ", in '%s'".formatted(field);
        }
        return new WaybillException(
                ErrorCode.MALFORMED_JSON, "The body is not valid JSON%s: %s.".formatted(where, why), details, failure);
    }

    private static String boundOf(StreamConstraintsException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        return message.startsWith("Number value length")
                ? "a number has more than %d digits".formatted(JsonConfiguration.MAX_NUMBER_LENGTH)
                : "it is nested too deeply, or holds a name or a text that is too long";
    }

    /** How far reading got, such as {@code metadata.sizes.3}; the text is the client's own. */
    private static String field(JsonParser at) {
        String pointer = at.streamReadContext().pathAsPointer().toString();
        return pointer.length() > MAX_FIELD
                ? ""
                : pointer.replaceFirst("^/", "").replace('/', '.');
    }

    private static String syntaxOf(StreamReadException failure) {
        String message = String.valueOf(failure.getOriginalMessage());
        return message.startsWith("Duplicate") ? "an object holds the same name twice" : "unexpected character";
    }

    private static boolean isTrailing(MismatchedInputException failure) {
        return failure.getPath().isEmpty()
                && String.valueOf(failure.getOriginalMessage()).startsWith("Trailing token");
    }

    /** A type's own constructor or factory refused the value; its words count when they are ours. */
    private static WaybillException instantiation(ValueInstantiationException failure) {
        Throwable cause = failure.getCause();
        if (cause instanceof InvalidRequest invalid) {
            return new InvalidRequest(invalid.violations().stream()
                    .map(violation -> below(failure, violation))
                    .toList());
        }
        if (cause instanceof WaybillException known) {
            return known;
        }
        return mismatch(failure, failure.getType().getRawClass());
    }

    private static Violation below(JacksonException failure, Violation violation) {
        List<Object> location = location(failure);
        List<Object> own = violation.location();
        location.addAll(own.isEmpty() || !own.getFirst().equals("body") ? own : own.subList(1, own.size()));
        return new Violation(location, violation.message(), violation.type());
    }

    private static InvalidRequest mismatch(JacksonException failure, @Nullable Class<?> target) {
        Expected expected = Expected.of(target);
        return new InvalidRequest(List.of(new Violation(location(failure), expected.message(), expected.type())));
    }

    private static List<Object> location(JacksonException failure) {
        List<Object> location = new ArrayList<>();
        location.add("body");
        for (JacksonException.Reference reference : failure.getPath()) {
            String name = reference.getPropertyName();
            location.add(name == null ? (Object) Math.max(0, reference.getIndex()) : name);
        }
        return location;
    }

    /** What would have been right where something else stood. */
    public record Expected(String type, String message) {

        public static Expected of(@Nullable Class<?> target) {
            if (target == null) {
                return new Expected("value_error", "is not a valid value");
            }
            if (target.isEnum()) {
                return new Expected("enum", "must be one of: " + String.join(", ", WireEnums.allowed(target)));
            }
            if (target == String.class) {
                return new Expected("string_type", "must be a string");
            }
            if (target == Boolean.class || target == boolean.class) {
                return new Expected("bool_type", "must be true or false");
            }
            return ofNumberOrContainer(target);
        }

        private static Expected ofNumberOrContainer(Class<?> target) {
            if (List.of(Integer.class, int.class, Short.class, short.class).contains(target)) {
                return new Expected("int_type", "must be an integer of at most 32 bits");
            }
            if (target == Long.class || target == long.class || target == java.math.BigInteger.class) {
                return new Expected("int_type", "must be an integer of at most 64 bits");
            }
            if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
                return new Expected("float_type", "must be a number");
            }
            if (target == java.time.Instant.class) {
                return new Expected("value_error", "must be a date and time with zone, such as 2026-01-31T12:00:00Z");
            }
            if (target.isArray() || Collection.class.isAssignableFrom(target)) {
                return new Expected("list_type", "must be a list");
            }
            if (target.isRecord() || Map.class.isAssignableFrom(target)) {
                return new Expected("object_type", "must be an object");
            }
            return new Expected("value_error", "is not a valid value");
        }
    }
}
