package dev.waybill.platform.json;

import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.text.Letters;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Validates free-form JSON, such as metadata. It is stored as it is sent, so it is checked for what a database cannot
 * keep, and bounded: 64 KiB and 20 levels.
 */
public final class FreeJson {

    /** How much text a value may hold, in bytes of UTF-8; keys, strings and numbers are counted, punctuation is not. */
    public static final int MAX_BYTES = 64 * 1024;

    /** How deep objects and arrays may be nested, the outermost counted. */
    public static final int MAX_DEPTH = 20;

    /** How long the path of a value of metadata may be, as {@code exif.iso}: filters take no longer one. */
    public static final int MAX_PATH = 200;

    private final boolean hasPaths;
    private int bytes;
    private int path;

    private FreeJson(boolean hasPaths) {
        this.hasPaths = hasPaths;
    }

    /**
     * Checks a value.
     *
     * @param field the field of the body that it stands in
     * @throws InvalidRequest naming the field and what is wrong
     */
    public static void check(String field, @Nullable Object json) {
        violation(List.of("body", field), json).ifPresent(found -> {
            throw new InvalidRequest(List.of(found));
        });
    }

    /** What is wrong with a value that stands at that place of the body. */
    public static Optional<Violation> violation(List<Object> location, @Nullable Object json) {
        return violation(location, json, false);
    }

    /**
     * What is wrong with metadata that stands at that place of the body. Filters, sort, select and aggregations name
     * its values by their paths, so besides, no key may be empty or hold a dot.
     */
    public static Optional<Violation> metadataViolation(List<Object> location, @Nullable Object json) {
        return violation(location, json, true);
    }

    private static Optional<Violation> violation(List<Object> location, @Nullable Object json, boolean hasPaths) {
        String problem = new FreeJson(hasPaths).problem(json, 1);
        return problem == null ? Optional.empty() : Optional.of(new Violation(location, problem, "value_error"));
    }

    private @Nullable String problem(@Nullable Object json, int depth) {
        String problem = switch (json) {
            case null -> null;
            case String text -> Letters.isWhole(text) ? count(text) : "holds a text that " + Letters.HALF;
            case Map<?, ?> object -> depth > MAX_DEPTH ? tooDeep() : ofObject(object, depth);
            case List<?> array -> depth > MAX_DEPTH ? tooDeep() : ofArray(array, depth);
            case BigInteger number -> "holds the number %s, which does not fit 64 bits".formatted(shortened(number));
            case BigDecimal number -> count(number.toString());
            case Double number ->
                Double.isFinite(number) ? count(number.toString()) : "holds a number that is too large";
            default -> count(json.toString());
        };
        if (problem != null) {
            return problem;
        }
        return bytes > MAX_BYTES ? "holds more than %d KiB".formatted(MAX_BYTES / 1024) : null;
    }

    private @Nullable String ofObject(Map<?, ?> object, int depth) {
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (key.startsWith("$") || key.indexOf('\0') >= 0) {
                return "has a key that starts with '$' or holds a NUL character, which cannot be stored; rename it";
            }
            if (!Letters.isWhole(key)) {
                return "has a key that " + Letters.HALF;
            }
            if (hasPaths && (key.isEmpty() || key.indexOf('.') >= 0)) {
                return "has the key '%s': a key must not be empty or hold a dot, which stands for a step in; nest it, as in %s"
                        .formatted(key, "{\"exif\": {\"iso\": 100}}");
            }
            int above = path;
            path += (above == 0 ? 0 : 1) + key.length();
            if (hasPaths && path > MAX_PATH) {
                return "has the key '%s...', whose path has more than %d characters; shorten it, for filters take no longer one"
                        .formatted(start(key), MAX_PATH);
            }
            count(key);
            String problem = problem(entry.getValue(), depth + 1);
            path = above;
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String ofArray(List<?> array, int depth) {
        for (Object element : array) {
            String problem = problem(element, depth + 1);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private @Nullable String count(String text) {
        bytes += text.getBytes(StandardCharsets.UTF_8).length + 1;
        return null;
    }

    private static String start(String key) {
        return key.substring(0, key.offsetByCodePoints(0, Math.min(20, key.codePointCount(0, key.length()))));
    }

    private static String tooDeep() {
        return "is nested deeper than %d levels".formatted(MAX_DEPTH);
    }

    private static String shortened(BigInteger number) {
        String digits = number.toString();
        return digits.length() <= 24 ? digits : digits.substring(0, 20) + "...";
    }
}
