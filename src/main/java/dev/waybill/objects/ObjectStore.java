package dev.waybill.objects;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bucket objects. What one scope wrote, no other scope sees. Keys are owned by objects, hidden files and markers on
 * their way into an object; a page of owners leaves the markers out, as their bytes are an object's in a moment.
 */
interface ObjectStore extends BlobOwner {

    /**
     * Writes rows, in one round trip: each if nothing stands under its id yet, and nobody else has one of its dedupe keys
     * or its unique key.
     *
     * @return one outcome for each, in their order
     */
    List<WriteOutcome> insertAll(List<ObjectRow> rows);

    /** What stands under these ids, and what has any of these dedupe keys or unique keys in the bucket, in no order. */
    List<ObjectRow> standing(
            Scope scope,
            BucketId bucket,
            Collection<ObjectId> ids,
            Collection<String> dedupeKeys,
            Collection<String> uniqueKeys);

    /**
     * Puts a row in the place of another one of the same id, its processing aside, and counts its version up.
     *
     * @param before as it was read; of another version it stays as it is
     */
    WriteOutcome change(ObjectRow before, ObjectRow after);

    /**
     * Has the row's content known by these keys too, if it still has the version that was read; keys that somebody else has
     * are no failure.
     */
    void alsoKnownBy(ObjectRow row, Collection<String> dedupeKeys);

    /**
     * A row with the time of its writing, by the clock of who wrote it.
     *
     * @param row without inline content
     */
    record Written(ObjectRow row, Instant at) {}

    /**
     * The rows of all tenants that were written within some time, in the order of their writing; for the walk.
     *
     * @param until the last moment
     * @param after only what comes after this one; null from the start
     */
    List<Written> written(Instant from, Instant until, @Nullable Written after, int max);

    /** What stands under the id, whatever it is. */
    Optional<ObjectRow> row(Scope scope, ObjectId id);

    /** Says how far its processing is, and nothing else; one that is gone is no failure. */
    void processed(Scope scope, BucketId bucket, ObjectId id, TaskStatus status, @Nullable String error);

    /** Those that exist, each with its bucket. */
    Map<ObjectId, BucketId> bucketsOf(Scope scope, Collection<ObjectId> ids);

    /** Those that exist of the given ones, each with the SHA-256s of its blobs, as far as they are known. */
    Map<ObjectId, Set<String>> hashesOf(Scope scope, Collection<ObjectId> ids);

    /** Makes those that are PROCESSING CANCELED. */
    void processingStopped(Scope scope, BucketId bucket, Collection<ObjectId> ids);

    /** Rows that want bytes removed; of all tenants, for the periodic job. */
    List<ObjectRow> withGarbage(int max);

    /** The garbage of these, as it was read, is gone; one that wants more removed by now stays as it is. */
    void emptied(Collection<ObjectRow> rows);

    Optional<BucketObject> find(Scope scope, ObjectId id);

    Page<BucketObject> list(Scope scope, BucketId bucket, ListQuery query, Fields fields);

    /** Counts over everything that the query's filter and search match, not just its page. */
    ObjectCounts count(Scope scope, BucketId bucket, ListQuery query, Fields fields);

    /** Up to {@code max} rows of a bucket, whatever they are: for removing it bit by bit. */
    List<ObjectRow> some(Scope scope, BucketId bucket, int max);

    /** Removes tombstones and markers that were to stay until then; of all tenants, for the periodic job. */
    void purgeEnded(Instant now);

    /** Removes rows for good; those that are not there are no failure. */
    void removeAll(Scope scope, Collection<ObjectId> ids);

    /** What a bucket holds now. */
    BucketUsage usage(Scope scope, BucketId bucket, Instant computedAt);

    /** The bytes of all objects and files of these namespaces together; not of what is on its way into an object. */
    long storedBytes(Collection<NamespaceId> namespaces);

    /** The buckets, of every tenant, with objects written at or after an instant; each once. */
    List<Buckets.BucketRef> changedSince(Instant from);
}
