package dev.waybill.connectors;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A storage elsewhere, opened with one connection's credentials, which are renewed where they can be. It is only read.
 * Calls block and may be made from any number of threads. Every method throws {@link SourceException} and nothing else; a
 * call is repeated a few times inside where that may help at once, and not where the provider asks for patience: that is
 * for the caller, who knows what else is going on.
 */
public interface Source extends AutoCloseable {

    /**
     * Looks whether it can be used, and what it can do: lists one file, reads one byte. What is wrong is a value, not a
     * failure: this throws nothing.
     *
     * @param path null to look at the account only, as far as that can be
     */
    SourceProfile check(@Nullable SourcePath path);

    /**
     * A page of the files within a path, in the order of their keys where the provider has one.
     *
     * @param cursor null from the start; else what a page of the same path told as {@link SourcePage#next}. It stays good
     *     for another process and for days: where a provider's tokens expire, it goes on behind a key
     * @param max at most so many files, 1 to 1000
     * @throws SourceException also {@link Diagnosis#BROKEN_LISTING} rather than to go in circles
     */
    SourcePage list(SourcePath path, @Nullable String cursor, int max);

    /**
     * One file as a listing would show it now.
     *
     * @return empty when it is not there
     */
    Optional<SourceFile> look(SourcePath path, String key);

    /**
     * Reads the very version that was listed, never another one.
     *
     * @param from the first byte, 0 to its size; more than 0 to go on where reading broke off
     * @throws SourceException {@link Diagnosis#CHANGED_DURING_READ} when it has another version by now,
     *     {@link Diagnosis#VANISHED} when it is gone
     */
    SourceContent open(SourcePath path, SourceFile file, long from);

    /**
     * A file's tags; one request more, so only asked when somebody wants to know.
     *
     * @return empty where the provider has no tags
     * @throws SourceException {@link Diagnosis#ACCESS_DENIED_READ} when they may not be read
     */
    Map<String, String> tags(SourcePath path, SourceFile file);

    @Override
    void close();
}
