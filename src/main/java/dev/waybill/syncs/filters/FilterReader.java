package dev.waybill.syncs.filters;

import static dev.waybill.platform.errors.Violations.below;

import dev.waybill.platform.errors.Violations;
import dev.waybill.syncs.filters.FilterCheck.Result;
import dev.waybill.syncs.filters.FilterResult.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses and validates file filters, and collects all violations. */
final class FilterReader {

    private static final int MAX_ITEMS = 100;
    private static final int MAX_LENGTH = 1024;
    private static final int MAX_TEXT = 200;
    private static final List<String> NAMES = List.of(
            "include_patterns",
            "exclude_patterns",
            "min_size_bytes",
            "max_size_bytes",
            "modified_after",
            "modified_before",
            "mime_types",
            "extensions",
            "metadata_filters");
    private static final Set<String> BESIDE = Set.of("include_patterns", "exclude_patterns", "modified_since");
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("\\*/\\*|[a-z0-9!#$&^_.+-]+/(\\*|[a-z0-9!#$&^_.+-]+)", Pattern.CASE_INSENSITIVE);

    private final Set<String> known;
    private final List<Object> at;
    private final Violations violations = new Violations();
    private final Map<String, Given> sent = new LinkedHashMap<>();
    private final Map<String, Object> json = new LinkedHashMap<>();
    private final Map<String, Object> terms = new TreeMap<>();
    private final List<FilterCheck> checks = new ArrayList<>();

    /** A value and its path in the request. */
    private record Given(Object value, List<Object> at) {}

    FilterReader(Set<String> known, List<Object> at) {
        this.known = known;
        this.at = at;
    }

    FileFilters read(
            @Nullable Map<String, ? extends @Nullable Object> raw, Map<String, ? extends @Nullable Object> beside) {
        if (raw != null) {
            raw.forEach((name, value) -> accept(name, value, below(at, name)));
        }
        beside.forEach((name, value) -> {
            if (BESIDE.contains(name)) {
                accept(name, value, below(at.subList(0, at.size() - 1), name));
            }
        });
        patterns("include_patterns", true);
        patterns("exclude_patterns", false);
        extensions();
        sizes();
        times();
        mimeTypes();
        List<MetadataFilter> metadata = metadataFilters();
        violations.refuse();
        metadata.forEach(filter -> checks.add(filter.check()));
        Map<String, Object> ordered = new LinkedHashMap<>();
        NAMES.stream().filter(json::containsKey).forEach(name -> ordered.put(name, json.get(name)));
        boolean needsTags = metadata.stream().anyMatch(MetadataFilter::needsTags);
        boolean needsContent =
                terms.containsKey("mime_types") || metadata.stream().anyMatch(MetadataFilter::needsContent);
        return new FileFilters(ordered, checks, needsContent, needsTags, CanonicalHash.of(terms));
    }

    private void accept(String name, @Nullable Object value, List<Object> location) {
        String canonical = name.equals("modified_since") ? "modified_after" : name;
        if (value == null) {
            return;
        }
        if (!NAMES.contains(canonical)) {
            violations.add(
                    location,
                    "'%s' is no filter; there are %s".formatted(shortened(name), String.join(", ", NAMES)),
                    "extra_forbidden");
            return;
        }
        Given former = sent.putIfAbsent(canonical, new Given(value, location));
        if (former != null && !former.value().equals(value)) {
            violations.add(
                    location,
                    "stands in %s as well, with another value; send it once".formatted(path(former.at())),
                    "value_error");
        }
    }

    private void patterns(String name, boolean isInclude) {
        List<Glob> globs = new ArrayList<>();
        List<String> texts = strings(name, (text, location) -> {
            try {
                globs.add(Glob.of(text));
            } catch (IllegalArgumentException malformed) {
                violations.add(location, String.valueOf(malformed.getMessage()), "pattern");
            }
        });
        if (texts.isEmpty()) {
            return;
        }
        terms.put(name, texts);
        checks.add(
                isInclude
                        ? new FilterCheck(
                                name,
                                Reason.INCLUDE_MISS,
                                "one of: " + joined(texts),
                                candidate -> shown(candidate.file().key()),
                                candidate -> Result.of(hit(globs, candidate).isPresent()))
                        : new FilterCheck(
                                name,
                                Reason.EXCLUDED,
                                "none of: " + joined(texts),
                                candidate -> hit(globs, candidate)
                                        .map(glob -> "%s fits %s"
                                                .formatted(
                                                        shown(candidate.file().key()), glob))
                                        .orElse(shown(candidate.file().key())),
                                candidate -> Result.of(hit(globs, candidate).isEmpty())));
    }

    private static Optional<Glob> hit(List<Glob> globs, Candidate candidate) {
        String name = candidate.name();
        String below = candidate.below();
        String key = candidate.file().key();
        return globs.stream().filter(glob -> glob.takes(name, below, key)).findFirst();
    }

    private void extensions() {
        List<String> texts = strings("extensions", (text, location) -> {
            if (ending(text).length() < 2 || text.indexOf('/') >= 0 || text.indexOf('*') >= 0) {
                violations.add(location, "An extension is what names end in, such as 'mp4' or '.mp4'", "value_error");
            }
        });
        if (texts.isEmpty()) {
            return;
        }
        List<String> endings = texts.stream().map(FilterReader::ending).toList();
        terms.put("extensions", endings);
        checks.add(new FilterCheck(
                "extensions",
                Reason.INCLUDE_MISS,
                "a name that ends in one of: " + joined(endings),
                candidate -> shown(candidate.name()),
                candidate -> {
                    String name = candidate.name().toLowerCase(Locale.ROOT);
                    return Result.of(endings.stream().anyMatch(name::endsWith));
                }));
    }

    private static String ending(String extension) {
        String lower = extension.toLowerCase(Locale.ROOT);
        return lower.startsWith(".") ? lower : '.' + lower;
    }

    private void sizes() {
        Long min = size("min_size_bytes");
        Long max = size("max_size_bytes");
        if (min != null && max != null && min > max) {
            violations.add(
                    location("min_size_bytes"),
                    "is more than max_size_bytes (%d), so no file could pass".formatted(max),
                    "value_error");
        }
        if (min != null) {
            checks.add(sized("min_size_bytes", Reason.TOO_SMALL, "at least " + bytes(min), size -> size >= min));
        }
        if (max != null) {
            checks.add(sized("max_size_bytes", Reason.TOO_BIG, "at most " + bytes(max), size -> size <= max));
        }
    }

    private @Nullable Long size(String name) {
        Given found = sent.get(name);
        if (found == null) {
            return null;
        }
        Long size = whole(found.value());
        if (size == null) {
            violations.add(found.at(), "Input should be a whole number of bytes, such as 1048576", "int_type");
        } else if (size < 0) {
            violations.add(found.at(), "Input should be 0 or more", "greater_than_equal");
        } else {
            json.put(name, size);
            terms.put(name, size);
        }
        return size;
    }

    private static @Nullable Long whole(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case Long number -> number;
            default -> null;
        };
    }

    private static FilterCheck sized(String name, Reason reason, String expected, Predicate<Long> rule) {
        return new FilterCheck(
                name,
                reason,
                expected,
                candidate -> bytes(candidate.file().sizeBytes()),
                candidate -> Result.of(rule.test(candidate.file().sizeBytes())));
    }

    private static String bytes(long size) {
        return size == 1 ? "1 byte" : size + " bytes";
    }

    private void times() {
        Instant after = time("modified_after");
        Instant before = time("modified_before");
        if (after != null && before != null && !after.isBefore(before)) {
            violations.add(
                    location("modified_after"),
                    "is not before modified_before (%s), so no file could pass".formatted(before),
                    "value_error");
        }
        if (after != null) {
            checks.add(timed("modified_after", Reason.TOO_OLD, "after " + after, time -> time.isAfter(after)));
        }
        if (before != null) {
            checks.add(timed("modified_before", Reason.TOO_NEW, "before " + before, time -> time.isBefore(before)));
        }
    }

    private @Nullable Instant time(String name) {
        Given found = sent.get(name);
        if (found == null) {
            return null;
        }
        Instant time =
                found.value() instanceof String text ? Times.parseOrDay(text).orElse(null) : null;
        if (time == null) {
            violations.add(
                    found.at(),
                    "Input should be an RFC 3339 date and time such as 2026-01-31T09:30:00Z; without a zone it is UTC",
                    "datetime_type");
        } else {
            json.put(name, time.toString());
            terms.put(name, time.toString());
        }
        return time;
    }

    /** A file without a known time passes: better one too many than one lost. */
    private static FilterCheck timed(String name, Reason reason, String expected, Predicate<Instant> rule) {
        Function<Candidate, @Nullable Instant> time =
                candidate -> candidate.file().modifiedAt();
        return new FilterCheck(
                name, reason, expected, candidate -> Objects.toString(time.apply(candidate), "unknown"), candidate -> {
                    Instant modified = time.apply(candidate);
                    return Result.of(modified == null || rule.test(modified));
                });
    }

    private void mimeTypes() {
        List<String> texts = strings("mime_types", (text, location) -> {
            if (!MEDIA_TYPE.matcher(text).matches()) {
                violations.add(
                        location,
                        "Input should be a media type such as video/mp4, video/* or */*",
                        "string_pattern_mismatch");
            }
        });
        if (texts.isEmpty()) {
            return;
        }
        List<String> types = texts.stream().map(Candidate::bare).toList();
        terms.put("mime_types", types);
        checks.add(new FilterCheck(
                "mime_types",
                Reason.MIME,
                "one of: " + joined(types),
                candidate -> Objects.toString(candidate.mediaType(), "unknown"),
                candidate -> {
                    String type = candidate.mediaType();
                    if (type == null && candidate.more() == null && candidate.contentType() == null) {
                        return types.contains("*/*") ? Result.PASSED : Result.OPEN;
                    }
                    String judged = type == null ? "application/octet-stream" : type;
                    return Result.of(types.stream().anyMatch(pattern -> isOf(judged, pattern)));
                }));
    }

    private static boolean isOf(String type, String pattern) {
        return pattern.equals("*/*")
                || pattern.equals(type)
                || (pattern.endsWith("/*") && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    private List<MetadataFilter> metadataFilters() {
        Given found = sent.get("metadata_filters");
        if (found == null) {
            return List.of();
        }
        List<MetadataFilter> filters = new ArrayList<>();
        List<?> items = list(found);
        for (int i = 0; i < items.size(); i++) {
            MetadataFilter.read(items.get(i), known, below(found.at(), i), violations)
                    .ifPresent(filters::add);
        }
        json.put("metadata_filters", filters.stream().map(MetadataFilter::json).toList());
        if (!filters.isEmpty()) {
            terms.put(
                    "metadata_filters",
                    filters.stream().map(MetadataFilter::terms).toList());
        }
        return filters;
    }

    /** Validates one text of a list. */
    private interface Look {
        void at(String text, List<Object> location);
    }

    private List<String> strings(String name, Look validator) {
        Given found = sent.get(name);
        if (found == null) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        List<?> items = list(found);
        for (int i = 0; i < items.size(); i++) {
            List<Object> location = below(found.at(), i);
            if (!(items.get(i) instanceof String text)) {
                violations.add(location, "Input should be a valid string", "string_type");
            } else if (text.isEmpty() || text.length() > MAX_LENGTH) {
                violations.add(location, "Input should have 1 to %d characters".formatted(MAX_LENGTH), "string_length");
            } else if (!canBeStored(text)) {
                violations.add(location, "Input must not hold NUL or broken characters", "string_characters");
            } else {
                texts.add(text);
                validator.at(text, location);
            }
        }
        json.put(name, List.copyOf(texts));
        return texts;
    }

    private List<?> list(Given found) {
        if (!(found.value() instanceof List<?> items)) {
            violations.add(found.at(), "Input should be a valid list", "list_type");
            return List.of();
        }
        if (items.size() > MAX_ITEMS) {
            violations.add(found.at(), "List should have at most %d items".formatted(MAX_ITEMS), "too_long");
            return List.of();
        }
        return items;
    }

    private List<Object> location(String name) {
        Given found = sent.get(name);
        return found == null ? below(at, name) : found.at();
    }

    static boolean canBeStored(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static String path(List<Object> location) {
        return String.join(".", location.stream().map(String::valueOf).toList());
    }

    private static String joined(List<String> texts) {
        return shown(String.join(", ", texts));
    }

    static String shown(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "...";
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
