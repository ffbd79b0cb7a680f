package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.platform.errors.WaybillException;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The door for rooms that keep objects as something elsewhere is: it gives them newer content. */
@Component
public class ObjectRevisions {

    private final ObjectUpdates updates;

    ObjectRevisions(ObjectUpdates updates) {
        this.updates = updates;
    }

    /**
     * Makes a revision, unless it was made before or the object has all that already. Bytes that the object has no more
     * are removed; those of the revision that it did not come to have are the caller's to remove: look which
     * {@linkplain Blob#key keys} it has.
     *
     * @param guard asked after the object was read and before it is written, each time: what it throws ends it, and nothing
     *     is written. Who lost his right to write between the two writes nothing, as others have written by then
     * @return the object as it stands; empty when there is none
     * @throws WaybillException 409 when another object has the unique key of the metadata, 503 when it is not known whether
     *     it was made; asked again with the same token, it is made once
     */
    public Optional<BucketObject> revise(Bucket bucket, ObjectId id, ObjectRevision revision, Runnable guard) {
        return updates.revise(bucket, id, revision, guard);
    }
}
