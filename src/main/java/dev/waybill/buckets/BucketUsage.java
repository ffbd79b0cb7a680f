package dev.waybill.buckets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a bucket holds, computed from its objects and never incremented, so that it cannot drift.
 *
 * @param maxBytes the largest object's bytes; 0 when there is none
 * @param lastUploadAt when the newest object was made; null when there is none
 * @param computedAt null when it was never computed
 */
public record BucketUsage(
        long objectCount,
        long totalBytes,
        long maxBytes,
        long minBytes,
        @Nullable Instant lastUploadAt,
        @Nullable Instant computedAt) {

    public static final BucketUsage NONE = new BucketUsage(0, 0, 0, 0, null, null);
}
