package dev.waybill.platform.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What storage says of an object that lies there.
 *
 * @param size in bytes, 0 or more
 * @param contentType as it was sent with the bytes; null when storage keeps none
 * @param contentEncoding as it was sent with the bytes, such as {@code gzip}; null when there is none, and where storage
 *     does not tell: in listings and in the answer to a write
 * @param sha256 the full-object SHA-256 in lower-case hexadecimal where storage holds and told it; null otherwise
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
