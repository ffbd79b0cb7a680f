package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.Set;

/**
 * Port for the follow-ups of rows that decide uploads. The walk calls it repeatedly; the uploads module implements it.
 */
public interface UploadCompletion {

    /** An upload whose outcome a row has decided. */
    record UploadRef(Scope scope, BucketId bucket, String uploadId) {}

    /**
     * Sets the final status of open uploads according to their rows, and submits the requested processing. Idempotent.
     *
     * @param uploads of any tenants
     * @return those that are still open, as this is not possible just now
     */
    Set<UploadRef> complete(Collection<UploadRef> uploads);

    /** Removes uploads whose buckets are gone; missing ones are no failure. */
    void removeAll(Collection<UploadRef> uploads);
}
