package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ObjectKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** One object for each value of a bucket's unique key, for rooms that make objects of their own. */
@Component
public class UniqueKeys {

    private final ObjectClaims claims;
    private final ObjectChanges changes;

    UniqueKeys(ObjectClaims claims, ObjectChanges changes) {
        this.claims = claims;
        this.changes = changes;
    }

    /** What an object that is wanted comes to, by the bucket's policy. */
    public sealed interface Place permits Free, Kept, Changed {}

    /** It is to be written. */
    public record Free() implements Place {}

    /**
     * Another object has the key, and stays as it is.
     *
     * @param first the one that is there
     */
    public record Kept(BucketObject first) implements Place {}

    /**
     * Another object has the key, and was given the blobs and the metadata of the one that is wanted.
     *
     * @param first the one that is there, as it is now
     */
    public record Changed(BucketObject first) implements Place {}

    /**
     * What the bucket's unique key of some metadata is known by; empty when the bucket has none.
     *
     * @param at where the metadata stands in the request
     * @throws dev.waybill.platform.errors.InvalidRequest when a value of the key is missing
     */
    public Optional<String> of(Bucket bucket, Map<String, Object> metadata, List<Object> at) {
        return Fingerprints.uniqueKey(bucket, metadata, at);
    }

    /**
     * Finds the place of an object that is about to be written. Doing it again comes to the same.
     *
     * @param key what {@link #of} said of its metadata
     * @throws WaybillException 404 when the policy is update and no object has the key; 409 when an object of this key is
     *     just being made, and does not come; 422 when the other object would not be valid with what is added
     */
    public Place place(Bucket bucket, String key, BucketObject wanted) {
        Policy policy = Policy.of(null, bucket);
        Optional<BucketObject> first =
                policy == Policy.UPDATE ? claims.holder(bucket, key) : claims.claim(bucket, key, wanted.id());
        if (first.isEmpty()) {
            if (policy == Policy.UPDATE) {
                throw ObjectMaker.nothingToUpdate();
            }
            return new Free();
        }
        if (policy == Policy.INSERT) {
            return new Kept(first.get());
        }
        boolean done = Ingest.keys(first.get().blobs()).containsAll(Ingest.keys(wanted.blobs()));
        return new Changed(done ? first.get() : changes.absorb(bucket, first.get(), wanted));
    }

    /** Whether an object has the key, or is about to be written with it: somebody else may have taken that for lost. */
    public boolean holds(Bucket bucket, String key, ObjectId id) {
        return claims.holds(bucket, key, id);
    }

    /** Whether an object that has the key, and is not the given one, has these bytes. */
    public boolean holdsElsewhere(Bucket bucket, String key, ObjectId id, ObjectKey bytes) {
        return claims.holder(bucket, key)
                .filter(object -> !object.id().equals(id))
                .filter(object -> Ingest.keys(object.blobs()).contains(bytes))
                .isPresent();
    }

    /** Gives up the place of an object that was taken back, or never written. */
    public void release(Bucket bucket, String key, ObjectId id) {
        claims.release(bucket, key, id);
    }
}
