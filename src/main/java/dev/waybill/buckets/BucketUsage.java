package dev.waybill.buckets;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Usage counters of a bucket, computed from its objects and never incremented, so that they cannot drift.
 *
 * @param maxSizeBytes the largest object's bytes; 0 when there is none
 * @param lastUploadAt when the newest object was created; null when there is none
 * @param statsUpdatedAt null when they were never computed
 */
public record BucketUsage(
        long objectCount,
        long totalSizeBytes,
        long maxSizeBytes,
        long minSizeBytes,
        @Nullable Instant lastUploadAt,
        @Nullable Instant statsUpdatedAt) {

    public static final BucketUsage NONE = new BucketUsage(0, 0, 0, 0, null, null);
}
