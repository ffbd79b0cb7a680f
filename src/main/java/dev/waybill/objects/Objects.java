package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectAggregationResponse.AggregationResult;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
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

    private final ObjectStore store;
    private final ObjectAggregationStore aggregations;
    private final InstantSource clock;

    Objects(ObjectStore store, ObjectAggregationStore aggregations, InstantSource clock) {
        this.store = store;
        this.aggregations = aggregations;
        this.clock = clock;
    }

    /** The object, or empty when the scope has none of that id. */
    public Optional<BucketObject> find(Scope scope, ObjectId id) {
        return store.find(scope, id);
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
    public Map<ObjectId, Long> stillToCome(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        return store.findByIdsOrKeys(scope, bucket, ids, List.of(), List.of()).stream()
                .collect(Collectors.toMap(
                        ObjectRow::id,
                        row -> row.kind() == ObjectRow.Kind.INTO ? ObjectEntity.sizeOf(row.object()) : 0L));
    }

    Page<BucketObject> list(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        return store.list(scope, bucket, query, fields);
    }

    ObjectCounts count(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        return store.count(scope, bucket, query, fields);
    }

    /** All groups, in the requested order. */
    List<AggregationResult> groups(Scope scope, BucketId bucket, ObjectAggregation aggregation, Fields fields) {
        return aggregations.groups(scope, bucket, aggregation, fields);
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
