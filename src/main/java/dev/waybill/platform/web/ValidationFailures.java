package dev.waybill.platform.web;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.json.WirePaths;
import dev.waybill.platform.lists.ListBodies;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Maps Bean Validation's failures to violations, with locations as they stand on the wire. */
final class ValidationFailures {

    private ValidationFailures() {}

    static InvalidRequest translate(MethodArgumentNotValidException failure) {
        List<Object> base = locationOf(failure.getParameter());
        return invalid(failure.getBindingResult().getAllErrors().stream().map(error -> violation(base, error)));
    }

    static InvalidRequest translate(HandlerMethodValidationException failure) {
        return invalid(failure.getParameterValidationResults().stream().flatMap(ValidationFailures::violations));
    }

    static InvalidRequest translate(ConstraintViolationException failure) {
        List<Object> base = List.of("body");
        return invalid(failure.getConstraintViolations().stream().map(violation -> violation(base, violation)));
    }

    /** Where an argument of a controller stands in the request. */
    static List<Object> locationOf(MethodParameter parameter) {
        if (parameter.hasParameterAnnotation(RequestBody.class)) {
            return List.of("body");
        }
        PathVariable path = parameter.getParameterAnnotation(PathVariable.class);
        if (path != null) {
            return List.of("path", name(path.name(), parameter));
        }
        RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
        if (header != null) {
            return List.of("header", name(header.name(), parameter));
        }
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        return query == null ? List.of("query") : List.of("query", name(query.name(), parameter));
    }

    private static String name(String declared, MethodParameter parameter) {
        return declared.isEmpty() ? String.valueOf(parameter.getParameterName()) : declared;
    }

    /** The violations' own paths hold the indexes of a list that is validated as a whole. */
    private static Stream<Violation> violations(ParameterValidationResult result) {
        List<Object> base = locationOf(result.getMethodParameter());
        return result instanceof ParameterErrors errors
                ? errors.getAllErrors().stream().map(error -> violation(base, error))
                : result.getResolvableErrors().stream()
                        .map(error -> violation(base, result.unwrap(error, ConstraintViolation.class)));
    }

    private static Violation violation(List<Object> base, ObjectError error) {
        return error.contains(ConstraintViolation.class)
                ? violation(base, error.unwrap(ConstraintViolation.class))
                : new Violation(base, "is not a valid value", "value_error");
    }

    private static Violation violation(List<Object> base, ConstraintViolation<?> violation) {
        List<Object> path =
                WirePaths.of(violation.getPropertyPath(), violation.getRootBean(), violation.getExecutableParameters());
        boolean isFromQuery =
                base.equals(List.of("body")) && !path.isEmpty() && ListBodies.isFromQuery(path.getFirst());
        List<Object> location = new ArrayList<>(isFromQuery ? List.of("query") : base);
        location.addAll(path);
        return new Violation(location, message(violation), type(violation));
    }

    private static InvalidRequest invalid(Stream<Violation> violations) {
        return new InvalidRequest(violations
                .distinct()
                .sorted(Comparator.comparing(
                                (Violation violation) -> violation.location().toString())
                        .thenComparing(Violation::type)
                        .thenComparing(Violation::message))
                .toList());
    }

    private static String message(ConstraintViolation<?> violation) {
        boolean standard = violation.getMessageTemplate().startsWith("{jakarta.validation.constraints.");
        return standard && type(violation).equals("missing") ? "is required" : violation.getMessage();
    }

    private static String type(ConstraintViolation<?> violation) {
        Object value = violation.getInvalidValue();
        var constraint = violation.getConstraintDescriptor();
        return switch (constraint.getAnnotation().annotationType().getSimpleName()) {
            case "NotNull" -> "missing";
            case "NotBlank", "NotEmpty" -> value == null ? "missing" : tooShort(value);
            case "Size", "Length" -> {
                int min = (int) constraint.getAttributes().getOrDefault("min", 0);
                yield sizeOf(value) < min ? tooShort(value) : tooLong(value);
            }
            case "Min", "DecimalMin", "PositiveOrZero" -> "greater_than_equal";
            case "Positive" -> "greater_than";
            case "Max", "DecimalMax", "NegativeOrZero" -> "less_than_equal";
            case "Negative" -> "less_than";
            case "Pattern" -> "string_pattern_mismatch";
            default -> "value_error";
        };
    }

    private static String tooShort(@Nullable Object value) {
        return value instanceof CharSequence ? "string_too_short" : "too_short";
    }

    private static String tooLong(@Nullable Object value) {
        return value instanceof CharSequence ? "string_too_long" : "too_long";
    }

    private static int sizeOf(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case CharSequence text -> text.length();
            case Collection<?> many -> many.size();
            case java.util.Map<?, ?> map -> map.size();
            default -> value.getClass().isArray() ? java.lang.reflect.Array.getLength(value) : 0;
        };
    }
}
