package dev.waybill.buckets;

/** Sums and averages over all buckets that a list matches. */
record BucketListStats(long totalObjects, long totalSizeBytes, double avgObjectsPerBucket, double avgSizePerBucket) {

    static BucketListStats of(long buckets, long objects, long bytes) {
        double by = Math.max(1, buckets);
        return new BucketListStats(objects, bytes, objects / by, bytes / by);
    }
}
