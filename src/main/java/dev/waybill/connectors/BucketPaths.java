package dev.waybill.connectors;

import dev.waybill.platform.errors.InvalidRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of {@code source_path} for stores that have buckets: {@code bucket}, {@code bucket/folder},
 * {@code bucket/begins-so*}, each with an optional leading slash or one of the store's schemes. Where the connection
 * names a bucket, the path may leave it out.
 *
 * @param schemes such as {@code s3}, without what follows it, the store's own first; at least one
 * @param names what a bucket's name looks like
 */
public record BucketPaths(List<String> schemes, Pattern names) {

    /** The longest key of S3. */
    private static final int MAX_KEY = 1_024;

    public BucketPaths {
        schemes = List.copyOf(schemes);
    }

    /**
     * Parses a path. Its prefix is taken literally, except for the star at its end.
     *
     * @param bucket the connection's own; null when it names none
     * @param prefix of the connection, which no path leads out of; may be empty
     * @throws InvalidRequest when it names no bucket, or an invalid one
     */
    public SourcePath read(@Nullable String bucket, String prefix, String path) {
        String start = schemes.stream()
                .map(scheme -> scheme + "://")
                .filter(path.toLowerCase(Locale.ROOT)::startsWith)
                .findFirst()
                .orElse("");
        boolean hasScheme = !start.isEmpty();
        if (!hasScheme && path.contains("://")) {
            throw refused("begins with a scheme that is not %s://".formatted(String.join(":// or ", schemes)));
        }
        String rest = path.substring(start.length());
        rest = rest.startsWith("/") ? rest.substring(1) : rest;
        int slash = rest.indexOf('/');
        String first = slash < 0 ? rest : rest.substring(0, slash);
        boolean isNamed = hasScheme || bucket == null || first.equals(bucket);
        String below = isNamed ? rest.substring(slash < 0 ? rest.length() : slash + 1) : rest;
        String named = isNamed && !first.isEmpty() ? first : bucket == null ? "" : bucket;
        if (!names.matcher(named).matches()) {
            throw refused(named.isEmpty() ? "names no bucket" : "names a bucket that cannot be");
        }
        String within = named.equals(bucket) || bucket == null ? prefix : "";
        return within(named, within, below, isNamed);
    }

    /** @param mayRepeat whether the prefix may stand in the path already, as it does where the bucket does */
    private static SourcePath within(String bucket, String prefix, String path, boolean mayRepeat) {
        boolean isFolder = !path.endsWith("*");
        String below = isFolder ? path : path.substring(0, path.length() - 1);
        SourcePath whole = new SourcePath(bucket, prefix, true);
        String key = below;
        if (!prefix.isEmpty() && !(mayRepeat && whole.contains(below))) {
            key = below.isEmpty() ? prefix : prefix + (prefix.endsWith("/") ? "" : "/") + below;
        }
        if (key.length() > MAX_KEY) {
            throw InvalidRequest.field(
                    "source_path", "The path has more than %d characters".formatted(MAX_KEY), "string_too_long");
        }
        return new SourcePath(bucket, key, isFolder || key.isEmpty());
    }

    private InvalidRequest refused(String why) {
        return InvalidRequest.field(
                "source_path",
                "The path %s; write bucket, bucket/folder, bucket/prefix* or %s://bucket/folder"
                        .formatted(why, schemes.getFirst()),
                "source_path");
    }
}
