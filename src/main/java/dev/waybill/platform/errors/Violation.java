package dev.waybill.platform.errors;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One validation error of a request.
 *
 * @param location where, from the outside in: {@code ["body", "uploads", 0, "filename"]}; strings and integers only
 * @param message what is wrong and what would be right
 * @param type a stable word such as {@code missing}, {@code string_type}, {@code string_too_long}
 */
public record Violation(List<Object> location, String message, String type) {

    public Violation {
        location = List.copyOf(location);
    }

    /** A violation of a field of the body. */
    public static Violation body(String field, String message, String type) {
        return new Violation(List.of("body", field), message, type);
    }

    /** What is wrong and where, without the first steps of the way there. */
    public String sentence(int skipped) {
        String where = location.stream().skip(skipped).map(String::valueOf).collect(Collectors.joining("."));
        return where.isEmpty() ? message : where + ": " + message;
    }
}
