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

/** The door to bucket objects for the rooms above. */
@Component
public class Objects {

    /** What they are called in the database, for rooms that compute over them there. */
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
     * Who has a unique key of a bucket.
     *
     * @param uniqueKey such as {@link ContentHashes#uniqueKey} makes
     */
    public Optional<BucketObject> holding(Scope scope, BucketId bucket, String uniqueKey) {
        return store.standing(scope, bucket, List.of(), List.of(), List.of(uniqueKey)).stream()
                .map(ObjectRow::object)
                .findFirst();
    }

    /**
     * Says how far an object's processing is. One that is gone, or not of that bucket, is no failure.
     *
     * @param error why it failed, for the person reading; null otherwise
     */
    public void processed(Scope scope, BucketId bucket, ObjectId id, TaskStatus status, @Nullable String error) {
        store.processed(scope, bucket, id, status, error);
    }

    /** Those that exist of the given ones, each with its bucket; nothing else of them is read. */
    public Map<ObjectId, BucketId> bucketsOf(Scope scope, Collection<ObjectId> ids) {
        return store.bucketsOf(scope, ids);
    }

    /** Those that exist of the given ones, each with the SHA-256s of its blobs, as far as they are known. */
    public Map<ObjectId, Set<String>> hashesOf(Scope scope, Collection<ObjectId> ids) {
        return store.hashesOf(scope, ids);
    }

    /** Says that nobody processes these of a bucket any more: those that are still PROCESSING are CANCELED. */
    public void processingStopped(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        store.processingStopped(scope, bucket, ids);
    }

    /**
     * Those of the ids under which something stands, each with the bytes that are on their way from there into another
     * object; 0 for all that is decided.
     */
    public Map<ObjectId, Long> stillToCome(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        return store.standing(scope, bucket, ids, List.of(), List.of()).stream()
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

    /** What a bucket holds now. */
    public BucketUsage usage(Scope scope, BucketId bucket, Instant computedAt) {
        return store.usage(scope, bucket, computedAt);
    }

    /** The buckets, of every tenant, with objects written at or after an instant; each once. */
    public List<Buckets.BucketRef> changedSince(Instant from) {
        return store.changedSince(from);
    }

    /** The bytes of all objects and files of these namespaces together; not of what is on its way into an object. */
    public long storedBytes(Collection<NamespaceId> namespaces) {
        return store.storedBytes(namespaces);
    }

    /**
     * Removes tombstones and markers whose time is over; of all tenants, for a periodic job.
     *
     * @param openSince when the oldest of the open uploads ended, as what tells of its end must stay; now when none did
     */
    public void purgeEnded(Instant openSince) {
        Instant now = clock.instant();
        Instant needed = openSince.plus(ObjectRow.KEPT).minusMillis(1);
        store.purgeEnded(needed.isBefore(now) ? needed : now);
    }
}
