package dev.waybill.syncs.filters;

import dev.waybill.connectors.SourceFile;
import dev.waybill.connectors.SourcePath;
import dev.waybill.syncs.filters.FilterCheck.Result;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A sync's {@code file_filters}: all of them must take a file. */
public final class FileFilters {

    private static final Set<String> FIELDS =
            Set.of("key", "size", "content_type", "storage_class", "last_modified", "metadata.*");
    private static final Set<String> WITH_TAGS = Set.of("s3", "tigris", "wasabi");

    private final Map<String, Object> json;
    private final List<FilterCheck> checks;
    private final boolean needsContent;
    private final boolean needsTags;
    private final String hash;

    FileFilters(
            Map<String, Object> json, List<FilterCheck> checks, boolean needsContent, boolean needsTags, String hash) {
        this.json = Collections.unmodifiableMap(new LinkedHashMap<>(json));
        this.checks = List.copyOf(checks);
        this.needsContent = needsContent;
        this.needsTags = needsTags;
        this.hash = hash;
    }

    /**
     * Reads filters as a caller sent them or as {@link #json} gave them.
     *
     * @param raw null for none
     * @param known the fields that metadata_filters may name, see {@link #fields}
     * @param at where they stand in the request, such as {@code body.file_filters}
     * @throws dev.waybill.platform.errors.InvalidRequest naming everything that is wrong
     */
    public static FileFilters read(
            @Nullable Map<String, ? extends @Nullable Object> raw, Set<String> known, String at) {
        return read(raw, Map.of(), known, at);
    }

    /**
     * The same, where some may stand beside them.
     *
     * @param beside what stands around the filters in the request; of it {@code include_patterns},
     *     {@code exclude_patterns} and {@code modified_since} are taken as filters, the rest is left alone
     */
    public static FileFilters read(
            @Nullable Map<String, ? extends @Nullable Object> raw,
            Map<String, ? extends @Nullable Object> beside,
            Set<String> known,
            String at) {
        return new FilterReader(known, List.of((Object[]) at.split("\\."))).read(raw, beside);
    }

    /**
     * The fields that metadata_filters may name on a provider; a star stands for any name.
     *
     * @param provider canonical
     */
    public static Set<String> fields(String provider) {
        Set<String> fields = new TreeSet<>(FIELDS);
        if (WITH_TAGS.contains(provider)) {
            fields.add("tag.*");
        }
        return fields;
    }

    /** As they go out and are stored: sizes are integers, times are UTC, what was not given is left out. */
    public Map<String, Object> json() {
        return json;
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return checks.isEmpty();
    }

    /** The same for filters that take the same files, in every process and version: 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    /** Whether some ask for what only opening a file tells; see {@link #judge(SourcePath, SourceFile, Attributes)}. */
    public boolean needsContent() {
        return needsContent;
    }

    /** Whether some ask for a file's tags. */
    public boolean needsTags() {
        return needsTags;
    }

    /** What the listing decides. What it cannot decide passes. */
    public FilterResult judge(SourcePath path, SourceFile file) {
        return judge(new Candidate(path, file, null));
    }

    /** What everything that is known of a file decides. */
    public FilterResult judge(SourcePath path, SourceFile file, Attributes more) {
        return judge(new Candidate(path, file, more));
    }

    private FilterResult judge(Candidate candidate) {
        for (FilterCheck check : checks) {
            if (check.rule().apply(candidate) == Result.REFUSED) {
                return new FilterResult.Refused(
                        check.reason(), check.expected(), check.actual().apply(candidate));
            }
        }
        return new FilterResult.Passed();
    }

    /**
     * Every filter and what it says of a file, in the order in which they are asked.
     *
     * @param more null while only the listing is known
     */
    public List<Step> steps(SourcePath path, SourceFile file, @Nullable Attributes more) {
        Candidate candidate = new Candidate(path, file, more);
        return checks.stream()
                .map(check -> new Step(
                        check.name(),
                        check.rule().apply(candidate).name().toLowerCase(Locale.ROOT),
                        check.expected(),
                        check.actual().apply(candidate)))
                .toList();
    }

    /**
     * What one filter says.
     *
     * @param check the filter's name, such as {@code min_size_bytes}
     * @param result {@code passed}, {@code refused}, or {@code open} where the listing does not tell
     */
    public record Step(String check, String result, String expected, String actual) {}

    @Override
    public String toString() {
        return "FileFilters" + json;
    }
}
