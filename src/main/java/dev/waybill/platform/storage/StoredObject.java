package dev.waybill.platform.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What storage says of an object that lies there.
 *
 * @param size in bytes, 0 or more
 * @param contentType as it was sent with the bytes; null when storage keeps none
 * @param sha256 the full-object SHA-256 in lower-case hexadecimal where storage holds and told it; null otherwise
 * @param versionId null where the bucket keeps no versions
 */
public record StoredObject(
        ObjectKey key,
        long size,
        ETag etag,
        @Nullable String contentType,
        @Nullable String sha256,
        @Nullable String versionId,
        @Nullable Instant lastModified) {}
