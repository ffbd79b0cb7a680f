package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rooms whose rows name final keys. What none of them names is removed a day after it was written, so an implementation
 * must answer from a majority of the primary's writes, and throw rather than guess.
 */
public interface BlobOwner {

    /** A row's own id, and a final key whose bytes it cannot do without. */
    record Named(String id, ObjectKey key) {}

    /**
     * Those of the keys that a row of this room names.
     *
     * @param partition the namespace or organization of all of them
     * @param keys at most 1000
     */
    Set<ObjectKey> owned(String partition, Collection<ObjectKey> keys);

    /**
     * The next rows that name final keys, in the order of their ids, with all the keys of each. What only leads to
     * another row, or waits for its bytes, is left out.
     *
     * @param partition the namespace or organization of all of them
     * @param after only rows beyond the one of this id; null from the start
     * @param max how many rows, 1 to 1000; each may name several keys
     * @return empty when there are no more
     */
    List<Named> page(String partition, @Nullable String after, int max);
}
