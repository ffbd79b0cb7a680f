package dev.waybill.platform.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object's metadata as storage returned it.
 *
 * @param size in bytes, 0 or more
 * @param contentType as it was sent with the bytes; null when storage holds none
 * @param contentEncoding as it was sent with the bytes, such as {@code gzip}; null when there is none, and where
 *     storage does not return it: in listings and in the answer to a write
 * @param sha256 the full-object SHA-256 in lower-case hexadecimal where storage holds and returned it; null otherwise
 * @param versionId null where the bucket keeps no versions
 */
public record StoredObject(
        ObjectKey key,
        long size,
        ETag etag,
        @Nullable String contentType,
        @Nullable String contentEncoding,
        @Nullable String sha256,
        @Nullable String versionId,
        @Nullable Instant lastModified) {}
