package dev.waybill.connectors;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A read-only source of files at an external storage provider, opened with one connection's credentials, which are
 * renewed where possible. Calls block; thread-safe. Every method throws {@link SourceException} and nothing else; a
 * call is retried a few times internally where that may help at once, but not when the provider throttles: that is for
 * the caller, who knows what else is going on.
 */
public interface Source extends AutoCloseable {

    /**
     * Checks whether the source can be used, and what it can do: lists one file, reads one byte. Problems are returned:
     * this throws nothing.
     *
     * @param path null to check the account only, as far as possible
     */
    SourceProfile check(@Nullable SourcePath path);

    /**
     * A page of the files within a path, in the order of their keys where the provider has one.
     *
     * @param cursor null for the first page; otherwise {@link SourcePage#next} of a page of the same path. It stays
     *     valid in other processes and for days: where a provider's tokens expire, it continues after a key
     * @param max page size, 1 to 1000
     * @throws SourceException also {@link Diagnosis#BROKEN_LISTING} on a cycle
     */
    SourcePage list(SourcePath path, @Nullable String cursor, int max);

    /**
     * Finds one file, as a listing would show it now.
     *
     * @return empty when it does not exist
     */
    Optional<SourceFile> find(SourcePath path, String key);

    /**
     * Opens the very version that was listed, never another one.
     *
     * @param from the first byte, 0 to its size; more than 0 to resume
     * @throws SourceException {@link Diagnosis#CHANGED_DURING_READ} when it has another version by now,
     *     {@link Diagnosis#VANISHED} when it was deleted
     */
    SourceContent open(SourcePath path, SourceFile file, long from);

    /**
     * A file's tags; one more request, so only made when they are needed.
     *
     * @return empty where the provider has no tags
     * @throws SourceException {@link Diagnosis#ACCESS_DENIED_READ} when they may not be read
     */
    Map<String, String> tags(SourcePath path, SourceFile file);

    @Override
    void close();
}
