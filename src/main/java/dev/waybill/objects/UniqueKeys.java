package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/** One object for each value of a bucket's unique key, for rooms that make objects of their own. */
@Component
public class UniqueKeys {

    private final ObjectClaims claims;
    private final ObjectChanges changes;
    private final ObjectStore objects;
    private final LooseBytes loose;

    UniqueKeys(ObjectClaims claims, ObjectChanges changes, ObjectStore objects, LooseBytes loose) {
        this.claims = claims;
        this.changes = changes;
        this.objects = objects;
        this.loose = loose;
    }

    /** What an object that is wanted comes to, by the bucket's policy. */
    public sealed interface Place permits Free, Kept, Changed {}

    /**
     * It is to be written.
     *
     * @param written whether it was before
     */
    public record Free(boolean written) implements Place {}

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
     * @param still asked right before another object is changed
     * @throws WaybillException 404 when the policy is update and no object has the key; 409 when an object of this key is
     *     just being made, and does not come, or when {@code still} says no
     */
    public Place place(Bucket bucket, String key, BucketObject wanted, BooleanSupplier still) {
        if (objects.find(bucket.scope(), wanted.id()).isPresent()) {
            // Whoever repeats this after a crash has its place, though its key may have been changed since.
            return new Free(true);
        }
        Policy policy = Policy.of(null, bucket);
        Optional<BucketObject> first =
                policy == Policy.UPDATE ? claims.holder(bucket, key) : claims.claim(bucket, key, wanted.id());
        if (first.isEmpty()) {
            if (policy == Policy.UPDATE) {
                throw ObjectMaker.nothingToUpdate();
            }
            return new Free(false);
        }
        if (policy == Policy.INSERT) {
            return new Kept(first.get());
        }
        try {
            return new Changed(changes.absorb(bucket, first.get(), wanted, still));
        } catch (WaybillException moved) {
            if (moved.code() == ErrorCode.NOT_FOUND || moved.code() == ErrorCode.ALREADY_EXISTS) {
                throw new WaybillException(
                        ErrorCode.CONFLICT, "The object of this unique key went at the same time; confirm again");
            }
            throw moved;
        }
    }

    /** Whether an object has the key, or is about to be written with it: somebody else may have taken that for lost. */
    public boolean holds(Bucket bucket, String key, ObjectId id) {
        return claims.holds(bucket, key, id);
    }

    /** Whether any object has these bytes. */
    public boolean isTaken(Scope scope, ObjectKey bytes) {
        return !objects.referred(scope, List.of(bytes)).isEmpty();
    }

    /** Removes these bytes, unless an object has them. What storage does not remove now, a periodic job does. */
    public void removeUntaken(Scope scope, ObjectKey bytes) {
        loose.note(scope, List.of(bytes));
        loose.removeUnowned(scope, List.of(bytes));
    }

    /** Gives up the place of an object that was taken back, or never written. */
    public void release(Bucket bucket, String key, ObjectId id) {
        claims.release(bucket, key, id);
    }
}
