package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;

/** Something that was made of an object and goes with it. Each room that keeps such things has one as a bean. */
public interface ObjectTraces {

    /**
     * Removes everything that was made of an object. It is called when the object is gone, and again when the deletion
     * is repeated, as the first one may have died. Repeatable.
     */
    void remove(Scope scope, BucketId bucket, ObjectId object);
}
