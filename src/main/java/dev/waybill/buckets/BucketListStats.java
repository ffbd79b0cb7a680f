package dev.waybill.buckets;

import io.swagger.v3.oas.annotations.media.Schema;

/** Sums and averages over all buckets that match a list request. */
record BucketListStats(
        @Schema(description = "Objects in all of them.", example = "240")
        long totalObjects,

        @Schema(description = "The bytes of these objects together.", example = "146800640")
        long totalSizeBytes,

        @Schema(description = "Objects in the average bucket; 0 without buckets.", example = "120.0")
        double avgObjectsPerBucket,

        @Schema(description = "Bytes in the average bucket; 0 without buckets.", example = "73400320.0")
        double avgSizePerBucket) {

    static BucketListStats of(long buckets, long objects, long bytes) {
        double by = Math.max(1, buckets);
        return new BucketListStats(objects, bytes, objects / by, bytes / by);
    }
}
