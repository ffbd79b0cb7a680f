package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps bucket objects. What one scope wrote, no other scope sees. */
interface ObjectStore {

    /**
     * Writes an object, if there is none of that id in its scope.
     *
     * @return whether this call wrote it
     */
    boolean insert(BucketObject object);

    /** Writes those that are not there yet, in one round trip; those that are stay as they are. */
    void insertAll(Collection<BucketObject> objects);

    /**
     * Changes what callers may change of an object: its prefix, blobs and metadata, and when it was updated.
     *
     * @param before what the change was made from; an object that was updated since stays as it is
     * @return whether this call changed it
     */
    boolean change(BucketObject before, BucketObject after);

    /** Says how far its processing is, and nothing else; one that is gone is no failure. */
    void processed(Scope scope, BucketId bucket, ObjectId id, TaskStatus status, @Nullable String error);

    /** Those that exist, each with its bucket. */
    Map<ObjectId, BucketId> bucketsOf(Scope scope, Collection<ObjectId> ids);

    /** Makes those that are PROCESSING CANCELED. */
    void processingStopped(Scope scope, BucketId bucket, Collection<ObjectId> ids);

    /** Those of the keys whose bytes some object of the scope has. */
    Set<ObjectKey> referred(Scope scope, Collection<ObjectKey> keys);

    Optional<BucketObject> find(Scope scope, ObjectId id);

    /** Those that exist, in no order. */
    List<BucketObject> findAll(Scope scope, Collection<ObjectId> ids);

    Page<BucketObject> list(Scope scope, BucketId bucket, ListQuery query, Fields fields);

    /** Counts over everything that the query's filter and search match, not just its page. */
    ObjectCounts count(Scope scope, BucketId bucket, ListQuery query, Fields fields);

    /** Up to {@code max} objects of a bucket, any of them: for removing it bit by bit. */
    List<BucketObject> some(Scope scope, BucketId bucket, int max);

    /** Removes objects; those that are not there are no failure. */
    void removeAll(Scope scope, Collection<ObjectId> ids);

    /** What a bucket holds now. */
    BucketUsage usage(Scope scope, BucketId bucket, Instant computedAt);

    /** The buckets, of every tenant, with objects written at or after an instant. */
    List<BucketChange> changedSince(Instant from);

    /** The next bucket, of any tenant, that holds objects: for going through them all; null starts at the first. */
    Optional<BucketPlace> bucketAfter(@Nullable BucketPlace last);
}
