package dev.waybill.objects;

import dev.waybill.buckets.Buckets;

/** Has buckets counted again whose objects changed. The room of usage has one as a bean. */
@FunctionalInterface
public interface ChangedBuckets {

    /** Has the bucket counted soon; kept when it returns. */
    void changed(Buckets.BucketRef place);
}
