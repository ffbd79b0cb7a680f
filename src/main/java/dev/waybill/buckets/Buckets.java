package dev.waybill.buckets;

import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;

/** The door to buckets for the rooms above. */
public class Buckets {

    /**
     * The bucket of that id or name; cached for a second or two, as uploads ask for it with every request.
     *
     * @throws dev.waybill.platform.errors.WaybillException 404 when there is none, or it is being deleted
     */
    public Bucket require(Scope scope, String identifier) {
        throw new IllegalStateException();
    }

    /** Keeps freshly computed counters. */
    public void recordUsage(Scope scope, BucketId bucket, BucketUsage usage) {
        throw new IllegalStateException();
    }

    /** The bytes that the organization's buckets hold together, at most a few seconds old. */
    public long storedBytes(OrganizationId organization) {
        throw new IllegalStateException();
    }
}
