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
 * Port of the repository of bucket objects. Scopes are isolated from each other. Storage keys are owned by objects,
 * hidden files and markers that are still to be applied; a page of owners omits the markers, as their bytes are an
 * object's soon.
 */
interface ObjectStore extends BlobOwner {

    /**
     * Inserts rows if absent, in one round trip: each unless another row has its id, one of its dedupe keys or its
     * unique key.
     *
     * @return one outcome for each, in order
     */
    List<WriteOutcome> insertAll(List<ObjectRow> rows);

    /** The rows with these ids, and those with any of these dedupe keys or unique keys in the bucket, in no order. */
    List<ObjectRow> findByIdsOrKeys(
            Scope scope,
            BucketId bucket,
            Collection<ObjectId> ids,
            Collection<String> dedupeKeys,
            Collection<String> uniqueKeys);

    /**
     * Conditional update of a row, except for its processing; increments its version.
     *
     * @param before as it was read; with another version by now it is not updated
     */
    WriteOutcome change(ObjectRow before, ObjectRow after);

    /**
     * Adds dedupe keys to a row if it still has the version that was read; keys that another row has are no failure.
     */
    void addDedupeKeys(ObjectRow row, Collection<String> dedupeKeys);

    /**
     * A row with the time of its writing, by the writer's clock.
     *
     * @param row without inline content
     */
    record Written(ObjectRow row, Instant at) {}

    /**
     * A page of the rows of all tenants written in an interval, in the order of their writing; for the walk.
     *
     * @param until inclusive
     * @param after the last row of the page before; null from the start
     */
    List<Written> written(Instant from, Instant until, @Nullable Written after, int max);

    /** The row of any kind under the id. */
    Optional<ObjectRow> row(Scope scope, ObjectId id);

    /** Sets the status of its processing, and nothing else; an object that is gone is no failure. */
    void processed(Scope scope, BucketId bucket, ObjectId id, TaskStatus status, @Nullable String error);

    /** The buckets of the objects that exist. */
    Map<ObjectId, BucketId> bucketsOf(Scope scope, Collection<ObjectId> ids);

    /** The SHA-256s of the blobs of the objects that exist, as far as they are known. */
    Map<ObjectId, Set<String>> hashesOf(Scope scope, Collection<ObjectId> ids);

    /** Sets those that are PROCESSING to CANCELED. */
    void processingStopped(Scope scope, BucketId bucket, Collection<ObjectId> ids);

    /** Rows with garbage; of all tenants, for the periodic job. */
    List<ObjectRow> withGarbage(int max);

    /** Clears the garbage of rows whose garbage is still as it was read. */
    void clearGarbage(Collection<ObjectRow> rows);

    Optional<BucketObject> find(Scope scope, ObjectId id);

    Page<BucketObject> list(Scope scope, BucketId bucket, ListQuery query, Fields fields);

    /** Counts over everything that the query's filter and search match, not just its page. */
    ObjectCounts count(Scope scope, BucketId bucket, ListQuery query, Fields fields);

    /** Up to {@code max} rows of any kind of a bucket: for purging it page by page. */
    List<ObjectRow> some(Scope scope, BucketId bucket, int max);

    /** Removes tombstones and markers that have expired; of all tenants, for the periodic job. */
    void purgeEnded(Instant now);

    /** Removes rows for good; missing ones are no failure. */
    void removeAll(Scope scope, Collection<ObjectId> ids);

    /** Computes the usage of a bucket. */
    BucketUsage usage(Scope scope, BucketId bucket, Instant computedAt);

    /** The total bytes of all objects and files of these namespaces, without markers that are still to be applied. */
    long storedBytes(Collection<NamespaceId> namespaces);

    /** The buckets, of every tenant, with objects written at or after an instant; each once. */
    List<Buckets.BucketRef> changedSince(Instant from);
}
