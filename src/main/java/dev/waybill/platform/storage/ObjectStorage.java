package dev.waybill.platform.storage;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The managed bucket. Calls block and may be made from any number of threads. Failures are sorted where they are
 * understood: every method throws {@link StorageException} and nothing else; an absent object is a value, not a failure.
 */
public interface ObjectStorage {

    /**
     * What storage says of an object, its SHA-256 included where storage holds one.
     *
     * @return empty when there is none
     */
    Optional<StoredObject> head(ObjectKey key);

    /**
     * The facts and the first bytes in one request (a ranged GET). {@link StoredObject#sha256()} is not promised here:
     * storage does not tell checksums of the whole for a part; ask {@link #head} for it.
     *
     * @param bytes how many of the first bytes, 1 to 65536; an empty object gives an empty array
     * @return empty when there is no such object
     */
    Optional<Glimpse> glimpse(ObjectKey key, int bytes);

    /**
     * The bytes, streamed. The caller closes the stream.
     *
     * @param etag when given, only these bytes: an object that changed since is told as absent
     * @return empty when there is no such object
     */
    Optional<InputStream> open(ObjectKey key, @Nullable ETag etag);

    /**
     * Writes an object, replacing one of that key.
     *
     * @param length exactly so many bytes are read from {@code bytes}; 0 to 5 GiB
     * @return the object as storage now holds it
     */
    StoredObject put(ObjectKey key, InputStream bytes, long length, String contentType);

    /** Removes an object; one that is not there is no failure. */
    void delete(ObjectKey key);

    /** Removes objects, in as few requests as storage allows; those that are not there are no failure. */
    void deleteAll(Collection<ObjectKey> keys);

    /**
     * The objects whose keys start with a prefix, in the order of their keys' UTF-8 bytes.
     *
     * @param after only keys beyond this one; null from the start
     * @param max 1 to 1000
     */
    List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max);

    /** Returns when the bucket answers to these credentials; throws {@link StorageException} when it does not. */
    void check();
}
