package dev.waybill.objects;

import java.util.List;
import java.util.Map;

/**
 * Newer content of an object.
 *
 * @param blobs take the place of those of the same properties
 * @param metadata is laid over what is there, key by key; JSON values
 * @param token the same for the same revision: it is made once, however often it is asked for
 */
public record ObjectRevision(List<Blob> blobs, Map<String, Object> metadata, String token) {

    public ObjectRevision {
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
