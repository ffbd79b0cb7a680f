package dev.waybill.objects;

import dev.waybill.buckets.Buckets;

/** Port that has buckets with changed objects counted again. The module of usage provides its bean. */
@FunctionalInterface
public interface ChangedBuckets {

    /** Submits the count of a bucket; it is stored when this returns. */
    void changed(Buckets.BucketRef bucket);
}
