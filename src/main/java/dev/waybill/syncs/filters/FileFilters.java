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

/** A sync's {@code file_filters}: a file passes when it passes all of them. */
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
     * @param at path of the filters in the request, such as {@code body.file_filters}
     * @throws dev.waybill.platform.errors.InvalidRequest with all violations
     */
    public static FileFilters read(
            @Nullable Map<String, ? extends @Nullable Object> raw, Set<String> known, String at) {
        return read(raw, Map.of(), known, at);
    }

    /**
     * The same, with filters under their older names beside them.
     *
     * @param beside the fields around the filters in the request; of these {@code include_patterns},
     *     {@code exclude_patterns} and {@code modified_since} are taken as filters, the rest is ignored
     */
    public static FileFilters read(
            @Nullable Map<String, ? extends @Nullable Object> raw,
            Map<String, ? extends @Nullable Object> beside,
            Set<String> known,
            String at) {
        return new FilterReader(known, List.of((Object[]) at.split("\\."))).read(raw, beside);
    }

    /**
     * The fields that metadata_filters may name on a provider; {@code *} is any name.
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

    /** As returned and stored: sizes are integers, times are UTC, missing filters are omitted. */
    public Map<String, Object> json() {
        return json;
    }

    /** Whether there are any. */
    public boolean isEmpty() {
        return checks.isEmpty();
    }

    /** Equal for filters that select the same files, in every process and version: 64 hexadecimal digits. */
    public String hash() {
        return hash;
    }

    /**
     * Whether some need attributes that only opening a file yields; see {@link #judge(SourcePath, SourceFile,
     * Attributes)}.
     */
    public boolean needsContent() {
        return needsContent;
    }

    /** Whether some need a file's tags. */
    public boolean needsTags() {
        return needsTags;
    }

    /** Evaluates the listing alone; filters that it cannot decide pass. */
    public FilterResult judge(SourcePath path, SourceFile file) {
        return judge(new Candidate(path, file, null));
    }

    /** Evaluates the listing and the attributes. */
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
     * The result of every filter for a file, in the order of evaluation.
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
     * The result of one filter.
     *
     * @param check the filter's name, such as {@code min_size_bytes}
     * @param result {@code passed}, {@code refused}, or {@code open} where the listing does not decide
     */
    public record Step(String check, String result, String expected, String actual) {}

    @Override
    public String toString() {
        return "FileFilters" + json;
    }
}
