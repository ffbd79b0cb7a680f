package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.platform.errors.WaybillException;
import java.util.List;
import java.util.Map;
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
     * Newer content of an object.
     *
     * @param blobs take the place of those of the same properties
     * @param metadata is laid over what is there, key by key; JSON values
     * @param token the same for the same revision: it is made once, however often it is asked for
     */
    public record Revision(List<Blob> blobs, Map<String, Object> metadata, String token) {

        public Revision {
            blobs = List.copyOf(blobs);
        }

        /** Whether an object has the same bytes and all of the metadata. */
        boolean isMetBy(BucketObject object) {
            return object.metadata().entrySet().containsAll(metadata.entrySet())
                    && blobs.stream().allMatch(blob -> object.blobs().stream().anyMatch(other -> isSame(blob, other)));
        }

        private static boolean isSame(Blob one, Blob other) {
            return one.property().equals(other.property())
                    && one.sha256() != null
                    && one.sha256().equals(other.sha256());
        }
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
    public Optional<BucketObject> revise(Bucket bucket, ObjectId id, Revision revision, Runnable guard) {
        return updates.revise(bucket, id, revision, guard);
    }
}
