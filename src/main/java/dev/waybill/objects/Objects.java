package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The door to bucket objects for the rooms above. */
public class Objects {

    /**
     * Writes an object. A second insert of the same id is success and changes nothing.
     *
     * @return true when this call wrote it, false when it lay there already
     */
    public boolean insert(BucketObject object) {
        throw new IllegalStateException();
    }

    /** Writes many in one round trip, each as {@link #insert} does. */
    public void insertAll(Collection<BucketObject> objects) {
        throw new IllegalStateException();
    }

    /** The object, or empty when the scope has none of that id. */
    public Optional<BucketObject> find(Scope scope, ObjectId id) {
        throw new IllegalStateException();
    }

    /** Those that exist of the given ones. */
    public List<BucketObject> findAll(Scope scope, Collection<ObjectId> ids) {
        throw new IllegalStateException();
    }

    /**
     * Takes back an object that nothing refers to yet: its upload was canceled between the two steps that make both. One
     * that is not there is no failure.
     */
    public void withdraw(Scope scope, BucketId bucket, ObjectId id) {
        throw new IllegalStateException();
    }
}
