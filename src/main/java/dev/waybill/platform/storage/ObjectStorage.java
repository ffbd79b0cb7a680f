package dev.waybill.platform.storage;

import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Object storage: the managed S3 bucket. Calls block and may be made from any number of threads. Failures are
 * classified where they are understood: every method throws {@link StorageException} and nothing else; an absent object
 * is a value, not a failure. What writes or removes throws {@link StorageException.Kind#UNKNOWN} when it may have been
 * done though no answer came.
 */
public interface ObjectStorage {

    /** The most bytes that one PUT takes: 5 GiB. */
    long MAX_PUT_BYTES = 5L << 30;

    /** The most bytes of an object: 5 TiB. */
    long MAX_OBJECT_BYTES = 5L << 40;

    /** The most bytes that a {@link #readHead} or a {@link #part} shows. */
    int MAX_GLIMPSE_BYTES = 65_536;

    /**
     * An object's metadata, its SHA-256 included where storage holds one.
     *
     * @return empty when there is none
     */
    Optional<StoredObject> head(ObjectKey key);

    /**
     * The metadata and the first bytes in one request (a ranged GET). {@link StoredObject#sha256()} is not promised
     * here: storage returns no checksum of the whole with a part; {@link #head} does.
     *
     * @param bytes how many of the first bytes, 1 to 65536; an empty object gives an empty array
     * @return empty when there is no such object
     */
    Optional<ObjectHead> readHead(ObjectKey key, int bytes);

    /**
     * Some bytes of an object, in one request (a ranged GET), for reads behind the first bytes.
     *
     * @param etag of the bytes that are meant: an object that changed since counts as absent
     * @param from where they begin, 0 or more
     * @param count how many, 1 to 65536
     * @return fewer, or none, where the object ends; empty when there is no such object, and of a server that gives no
     *     parts
     */
    Optional<byte[]> part(ObjectKey key, ETag etag, long from, int count);

    /**
     * The bytes, streamed. The caller closes the stream, and may do so early: what was not read is not fetched. The
     * stream throws {@link java.io.IOException} when storage breaks off in the middle.
     *
     * @param etag when given, only these bytes: an object that changed since counts as absent
     * @return empty when there is no such object
     */
    Optional<InputStream> open(ObjectKey key, @Nullable ETag etag);

    /**
     * Writes an object, replacing one of that key, whole or not at all. Beyond what one PUT takes it is written in
     * parts, of which memory holds one: its ETag is none of its bytes then.
     *
     * @param bytes stays open; nobody else may read it meanwhile
     * @param length exactly so many bytes are read from {@code bytes}; 0 to 5 TiB
     * @param contentEncoding such as {@code gzip}, stored beside the bytes; visible ASCII. Null when they are as they
     *     are
     * @return the object as storage now holds it; its SHA-256 and its time only where storage returned them
     * @throws java.io.UncheckedIOException when {@code bytes} itself fails or ends early; nothing is written then
     */
    StoredObject put(
            ObjectKey key, InputStream bytes, long length, String contentType, @Nullable String contentEncoding);

    /** The same for bytes that are as they are. */
    default StoredObject put(ObjectKey key, InputStream bytes, long length, String contentType) {
        return put(key, bytes, length, contentType, null);
    }

    /**
     * Copies an object within the bucket, pinned to the bytes that the caller knows; they do not pass through the
     * service. It may take minutes for gigabytes. Doing it again is harmless: the same bytes come to lie at the same
     * key.
     *
     * @return {@link CopyResult.Copied}, or why there is no copy
     */
    CopyResult copy(CopyTerms terms);

    /** Removes an object; one that is not there is no failure. */
    void delete(ObjectKey key);

    /**
     * Removes objects, in as few requests as storage allows; those that are not there are no failure. When some could
     * not be removed, the others are, and then it throws.
     */
    void deleteAll(Collection<ObjectKey> keys);

    /**
     * The objects whose keys start with a prefix, in the order of their keys' UTF-8 bytes. A listing holds neither
     * content type nor SHA-256 nor version, nor how an object is encrypted, so an ETag that might be an MD5 counts as
     * opaque here. Keys that are no {@link ObjectKey} (strangers' folder markers) are left out.
     *
     * @param after only keys beyond this one; null from the start
     * @param max 1 to 1000
     */
    List<StoredObject> list(String prefix, @Nullable ObjectKey after, int max);

    /**
     * Checks that the bucket answers to these credentials; throws {@link StorageException} when it does not.
     *
     * @return what time it is there, to the second: the clock that {@link StoredObject#lastModified} goes by
     */
    Instant check();
}
