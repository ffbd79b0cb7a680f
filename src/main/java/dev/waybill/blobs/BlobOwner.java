package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Port of the modules whose rows reference final keys. A blob that none of them references is an orphan and is removed
 * a day after it was written, so an implementation must read from the primary with majority read concern, and throw
 * rather than guess.
 */
public interface BlobOwner {

    /** The id of a row, and a final key that it needs. */
    record Named(String id, ObjectKey key) {}

    /**
     * Those of the keys that a row of this module references.
     *
     * @param partition the namespace or organization of all of them
     * @param keys at most 1000
     */
    Set<ObjectKey> owned(String partition, Collection<ObjectKey> keys);

    /**
     * The next page of rows that reference final keys, in the order of their ids, with all the keys of each. Rows that
     * only refer to another row, or have no bytes yet, are left out.
     *
     * @param partition the namespace or organization of all of them
     * @param after the id of the last row of the page before; null from the start
     * @param max how many rows, 1 to 1000; each may name several keys
     * @return empty when there are no more
     */
    List<Named> page(String partition, @Nullable String after, int max);
}
