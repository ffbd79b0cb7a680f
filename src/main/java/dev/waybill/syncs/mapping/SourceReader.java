package dev.waybill.syncs.mapping;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.platform.errors.Violations;
import dev.waybill.platform.json.FreeJson;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Parses and validates the value sources of a mapping. */
final class SourceReader {

    /** Values of rows, documents and feeds, and the providers that have them. */
    private static final Map<String, Foreign> FOREIGN = new TreeMap<>(Map.of(
            "column", new Foreign("name", Set.of("snowflake", "postgresql")),
            "drive_property", new Foreign("key", Set.of("google_drive")),
            "rss_field", new Foreign("field", Set.of("rss"))));

    private static final String KINDS =
            "file, tag, metadata, filename_regex, folder_path, constant, " + String.join(", ", FOREIGN.keySet());
    private static final int MAX_TAG = 128;
    private static final int MAX_METADATA = 1024;
    private static final int MAX_DEFAULT = 4000;

    private final String provider;
    private final Violations violations;

    private record Foreign(String field, Set<String> providers) {}

    /**
     * A source as it was read.
     *
     * @param value null for the file itself
     * @param json as returned and stored
     */
    record Read(@Nullable ValueSource value, Map<String, Object> json) {

        boolean isFile() {
            return value == null;
        }
    }

    SourceReader(String provider, Violations violations) {
        this.provider = provider;
        this.violations = violations;
    }

    /** Empty when it is invalid; the violations are added then. */
    Optional<Read> read(@Nullable Object raw, List<Object> at) {
        if (!violations.has(at, raw)) {
            return Optional.empty();
        }
        if (!(raw instanceof Map<?, ?> source)) {
            violations.add(at, "Input should be an object such as {\"type\": \"file\"}", "dict_type");
            return Optional.empty();
        }
        Object type = source.get("type");
        if (!violations.has(below(at, "type"), type) || type == null) {
            return Optional.empty();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", type);
        if (type.equals("file")) {
            return Optional.of(new Read(null, json));
        }
        ValueSource value = value(String.valueOf(type), source, json, at);
        return value == null ? Optional.empty() : Optional.of(new Read(value, json));
    }

    private @Nullable ValueSource value(String type, Map<?, ?> source, Map<String, Object> json, List<Object> at) {
        return switch (type) {
            case "tag" -> {
                String key = text(source, "key", MAX_TAG, json, at);
                yield key == null ? null : new ValueSource.Tag(key);
            }
            case "metadata" -> {
                String key = text(source, "key", MAX_METADATA, json, at);
                yield key == null ? null : new ValueSource.Metadata(key);
            }
            case "filename_regex" -> filenameRegex(source, json, at);
            case "folder_path" -> folderPath(source, json, at);
            case "constant" -> constant(source, json, at);
            default -> foreign(type, source, json, at);
        };
    }

    private @Nullable ValueSource filenameRegex(Map<?, ?> source, Map<String, Object> json, List<Object> at) {
        String regex = text(source, "pattern", RegexReader.MAX_LENGTH, json, at);
        String byDefault = source.get("default") == null ? null : checked(source, "default", 0, MAX_DEFAULT, json, at);
        if (regex == null) {
            return null;
        }
        try {
            return new ValueSource.FilenameRegex(RegexReader.read(regex), byDefault);
        } catch (IllegalArgumentException unusable) {
            violations.add(below(at, "pattern"), String.valueOf(unusable.getMessage()), "pattern");
            return null;
        }
    }

    private @Nullable ValueSource folderPath(Map<?, ?> source, Map<String, Object> json, List<Object> at) {
        Integer segment = null;
        Object sent = source.get("segment");
        if (sent instanceof Integer || (sent instanceof Long number && number.intValue() == number)) {
            segment = ((Number) sent).intValue();
            json.put("segment", segment);
        } else if (sent != null) {
            violations.add(
                    below(at, "segment"), "Input should be an integer: 0 is the first folder, -1 the last", "int_type");
        }
        Object full = source.get("full_path");
        if (full != null && !(full instanceof Boolean)) {
            violations.add(below(at, "full_path"), "Input should be true or false", "bool_type");
        }
        boolean isFull = Boolean.TRUE.equals(full);
        json.put("full_path", isFull);
        return new ValueSource.FolderPath(segment, isFull);
    }

    private @Nullable ValueSource constant(Map<?, ?> source, Map<String, Object> json, List<Object> at) {
        List<Object> location = below(at, "value");
        if (!source.containsKey("value")) {
            violations.has(location, null);
            return null;
        }
        Object value = source.get("value");
        FreeJson.violation(location, value).ifPresent(violations::add);
        json.put("value", value);
        return new ValueSource.Constant(value);
    }

    private @Nullable ValueSource foreign(String type, Map<?, ?> source, Map<String, Object> json, List<Object> at) {
        Foreign foreign = FOREIGN.get(type);
        if (foreign == null) {
            violations.add(below(at, "type"), "Input should be one of: " + KINDS, "enum");
            return null;
        }
        text(source, foreign.field(), MAX_METADATA, json, at);
        if (foreign.providers().contains(provider)) {
            throw new IllegalStateException("no reader for the %s of %s yet".formatted(type, provider));
        }
        violations.add(
                below(at, "type"),
                "'%s' is of %s; files of %s have tag, metadata, filename_regex, folder_path and constant"
                        .formatted(
                                type,
                                String.join(
                                        " and ",
                                        foreign.providers().stream().sorted().toList()),
                                provider),
                "value_error");
        return null;
    }

    private @Nullable String text(Map<?, ?> source, String name, int max, Map<String, Object> json, List<Object> at) {
        return violations.has(below(at, name), source.get(name)) ? checked(source, name, 1, max, json, at) : null;
    }

    private @Nullable String checked(
            Map<?, ?> source, String name, int min, int max, Map<String, Object> json, List<Object> at) {
        List<Object> location = below(at, name);
        if (!(source.get(name) instanceof String text)) {
            violations.add(location, "Input should be a valid string", "string_type");
        } else if (text.length() < min || text.length() > max) {
            violations.add(location, "Input should have %d to %d characters".formatted(min, max), "string_length");
        } else if (text.indexOf('\0') >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            violations.add(location, "Input must not hold NUL or broken characters", "string_characters");
        } else {
            json.put(name, text);
            return text;
        }
        return null;
    }
}
