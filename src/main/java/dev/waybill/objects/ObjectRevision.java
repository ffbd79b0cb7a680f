package dev.waybill.objects;

import dev.waybill.blobs.Blob;
import java.util.List;
import java.util.Map;

/**
 * New content of an object, applied once.
 *
 * @param blobs replace those of the same properties
 * @param metadata is merged into the existing metadata, key by key; JSON values
 * @param token idempotency key of the revision: it is applied once, however often it is requested
 */
public record ObjectRevision(List<Blob> blobs, Map<String, Object> metadata, String token) {

    public ObjectRevision {
        blobs = List.copyOf(blobs);
    }

    /** Whether an object has the same bytes and all of the metadata. */
    boolean isContainedIn(BucketObject object) {
        return object.metadata().entrySet().containsAll(metadata.entrySet())
                && blobs.stream().allMatch(blob -> object.blobs().stream().anyMatch(other -> isSame(blob, other)));
    }

    private static boolean isSame(Blob one, Blob other) {
        return one.property().equals(other.property())
                && one.sha256() != null
                && one.sha256().equals(other.sha256());
    }
}
