package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;

/** A bucket and whose it is: what the work behind the requests needs to know of one. */
record BucketPlace(Scope scope, BucketId bucket) {

    String key() {
        return scope.key(bucket.value());
    }
}
