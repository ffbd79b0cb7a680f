package dev.waybill.platform.errors;

import dev.waybill.platform.text.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects all violations of a request, so that the caller learns of them at once. Not thread-safe. */
public final class Violations {

    private static final Pattern IN_PATH = Pattern.compile("(?s)(?!\\.{1,2}$)[^/\\\\]*");

    private final List<Violation> found = new ArrayList<>();

    /** The place of a step further in. */
    public static List<Object> below(List<Object> location, Object step) {
        List<Object> deeper = new ArrayList<>(location);
        deeper.add(step);
        return deeper;
    }

    public void add(Violation violation) {
        found.add(violation);
    }

    public void add(List<Object> location, String message, String type) {
        found.add(new Violation(location, message, type));
    }

    /** Whether a field of the body was sent; when not, that is a violation. */
    public boolean has(List<Object> location, @Nullable Object value) {
        if (value == null) {
            add(location, "Field required", "missing");
            return false;
        }
        return true;
    }

    /** A text that must have a form. */
    public void form(List<Object> location, @Nullable String value, Pattern form, String message) {
        if (has(location, value) && !form.matcher(String.valueOf(value)).matches()) {
            add(location, message, "string_pattern_mismatch");
        }
    }

    /** A text that may be missing, but not be longer than {@code max} characters. */
    public void atMost(List<Object> location, @Nullable String value, int max) {
        if (value != null && value.length() > max) {
            add(location, "String should have at most %d characters".formatted(max), "string_too_long");
        }
    }

    /** A name that may be missing; {@link Letters} says what its letters must not be. */
    public void plain(List<Object> location, @Nullable String value) {
        if (value != null) {
            Letters.problems(value).forEach(problem -> add(location, problem, "value_error"));
        }
    }

    /** A name that stands in paths, where servers take slashes and dots for steps, encoded or not. */
    public void inPath(List<Object> location, @Nullable String value) {
        if (value != null && !IN_PATH.matcher(value).matches()) {
            add(
                    location,
                    "must not hold / or \\, nor be . or .., because it stands in paths",
                    "string_pattern_mismatch");
        }
    }

    /** A number that may be missing. */
    public void between(List<Object> location, @Nullable Integer value, int min, int max) {
        if (value != null && (value < min || value > max)) {
            add(location, "Input should be from %d to %d".formatted(min, max), "out_of_range");
        }
    }

    /** @throws InvalidRequest when anything was found */
    public void refuse() {
        if (!found.isEmpty()) {
            throw new InvalidRequest(found);
        }
    }
}
