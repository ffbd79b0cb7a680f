package dev.waybill.blobs;

import dev.waybill.platform.storage.ObjectKey;
import java.util.Collection;
import java.util.Set;

/**
 * Rooms whose rows name final keys. What none of them names is removed a day after it was written, so an implementation
 * must answer from a majority of the primary's writes, and throw rather than guess.
 */
public interface BlobOwner {

    /**
     * Those of the keys that a row of this room names.
     *
     * @param partition the namespace or organization of all of them
     * @param keys at most 1000
     */
    Set<ObjectKey> owned(String partition, Collection<ObjectKey> keys);
}
