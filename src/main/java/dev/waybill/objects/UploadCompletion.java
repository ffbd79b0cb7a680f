package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.Set;

/** What follows for uploads of the rows that they led to. The walk asks for it again and again; uploads implement it. */
public interface UploadCompletion {

    /** An upload of which a row tells what became of it. */
    record Told(Scope scope, BucketId bucket, String uploadId) {}

    /**
     * Gives uploads that are open the ends that their rows tell, and has processed what was asked for.
     *
     * @param uploads of any tenants
     * @return those of them that are still open, as this cannot be done just now
     */
    Set<Told> settle(Collection<Told> uploads);

    /** Removes uploads whose buckets are gone; those that are not there are no failure. */
    void removeAll(Collection<Told> uploads);
}
