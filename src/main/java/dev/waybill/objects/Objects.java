package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** API of this module for others: reads bucket objects and records their processing. */
@Component
public class Objects {

    /** The name of their collection in MongoDB, for modules that aggregate over it. */
    public static final String COLLECTION = ObjectEntity.COLLECTION;

    private final ObjectStore store;
    private final InstantSource clock;

    Objects(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The object, or empty when the scope has none of that id. */
    public Optional<BucketObject> find(Scope scope, ObjectId id) {
        return store.find(scope, id);
    }

    /**
     * The object with a unique key of a bucket, or empty when there is none.
     *
     * @param uniqueKey as {@link ContentHashes#uniqueKey} computes it
     */
    public Optional<BucketObject> findByUniqueKey(Scope scope, BucketId bucket, String uniqueKey) {
        return store.findByIdsOrKeys(scope, bucket, List.of(), List.of(), List.of(uniqueKey)).stream()
                .map(ObjectRow::object)
                .findFirst();
    }

    /**
     * Sets the status of an object's processing. An object that is gone, or not of that bucket, is no failure.
     *
     * @param error a message for people when it failed; null otherwise
     */
    public void processed(Scope scope, BucketId bucket, ObjectId id, TaskStatus status, @Nullable String error) {
        store.processed(scope, bucket, id, status, error);
    }

    /** The buckets of the objects that exist; nothing else of them is read. */
    public Map<ObjectId, BucketId> bucketsOf(Scope scope, Collection<ObjectId> ids) {
        return store.bucketsOf(scope, ids);
    }

    /** The SHA-256s of the blobs of the objects that exist, as far as they are known. */
    public Map<ObjectId, Set<String>> hashesOf(Scope scope, Collection<ObjectId> ids) {
        return store.hashesOf(scope, ids);
    }

    /** Sets those objects of a bucket that are still PROCESSING to CANCELED, as their processing was stopped. */
    public void processingStopped(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        store.processingStopped(scope, bucket, ids);
    }

    /**
     * Of the ids that have a row, the bytes that are still to be applied from there to another object; 0 for all other
     * rows.
     */
    public Map<ObjectId, Long> pendingBytes(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        return store.findByIdsOrKeys(scope, bucket, ids, List.of(), List.of()).stream()
                .collect(Collectors.toMap(
                        ObjectRow::id,
                        row -> row.kind() == ObjectRow.Kind.INTO ? ObjectEntity.sizeOf(row.object()) : 0L));
    }

    /** A page of a bucket's objects. */
    public Page<BucketObject> list(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        return store.list(scope, bucket, query, fields);
    }

    /** Counts over everything that the query's filter and search match, not just its page. */
    public ObjectCounts count(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        return store.count(scope, bucket, query, fields);
    }

    /** The usage of a bucket, counted now. */
    public BucketUsage usage(Scope scope, BucketId bucket, Instant computedAt) {
        return store.usage(scope, bucket, computedAt);
    }

    /** The buckets, of every tenant, with objects written at or after an instant; each once. */
    public List<Buckets.BucketRef> changedSince(Instant from) {
        return store.changedSince(from);
    }

    /** The bytes of all objects and files of these namespaces together, without those still to be applied to an object. */
    public long storedBytes(Collection<NamespaceId> namespaces) {
        return store.storedBytes(namespaces);
    }

    /**
     * Removes expired tombstones and markers; of all tenants, for a periodic job.
     *
     * @param openSince when the oldest upload with an open status ended, as the row that decides it must stay; now when
     *     there is none
     */
    public void purgeEnded(Instant openSince) {
        Instant now = clock.instant();
        Instant needed = openSince.plus(ObjectRow.KEPT).minusMillis(1);
        store.purgeEnded(needed.isBefore(now) ? needed : now);
    }
}
