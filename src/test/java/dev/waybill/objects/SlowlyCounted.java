package dev.waybill.objects;

import dev.waybill.blobs.BlobOwner;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.BucketUsage;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that is slow to compute the usage of a bucket. */
class SlowlyCounted implements ObjectStore {

    private final ObjectStore delegate;
    private final Duration counting;

    SlowlyCounted(ObjectStore delegate, Duration counting) {
        this.delegate = delegate;
        this.counting = counting;
    }

    @Override
    public BucketUsage usage(Scope scope, BucketId bucket, Instant computedAt) {
        long until = System.nanoTime() + counting.toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
        return delegate.usage(scope, bucket, computedAt);
    }

    @Override
    public List<WriteOutcome> insertAll(List<ObjectRow> rows) {
        return delegate.insertAll(rows);
    }

    @Override
    public List<ObjectRow> findByIdsOrKeys(
            Scope scope,
            BucketId bucket,
            Collection<ObjectId> ids,
            Collection<String> dedupeKeys,
            Collection<String> uniqueKeys) {
        return delegate.findByIdsOrKeys(scope, bucket, ids, dedupeKeys, uniqueKeys);
    }

    @Override
    public List<Written> written(Instant from, Instant until, @Nullable Written after, int max) {
        return delegate.written(from, until, after, max);
    }

    @Override
    public void addDedupeKeys(ObjectRow row, Collection<String> dedupeKeys) {
        delegate.addDedupeKeys(row, dedupeKeys);
    }

    @Override
    public Optional<ObjectRow> row(Scope scope, ObjectId id) {
        return delegate.row(scope, id);
    }

    @Override
    public void purgeEnded(Instant now) {
        delegate.purgeEnded(now);
    }

    @Override
    public void processed(Scope scope, BucketId bucket, ObjectId id, TaskStatus status, @Nullable String error) {
        delegate.processed(scope, bucket, id, status, error);
    }

    @Override
    public Map<ObjectId, BucketId> bucketsOf(Scope scope, Collection<ObjectId> ids) {
        return delegate.bucketsOf(scope, ids);
    }

    @Override
    public Map<ObjectId, Set<String>> hashesOf(Scope scope, Collection<ObjectId> ids) {
        return delegate.hashesOf(scope, ids);
    }

    @Override
    public void processingStopped(Scope scope, BucketId bucket, Collection<ObjectId> ids) {
        delegate.processingStopped(scope, bucket, ids);
    }

    @Override
    public WriteOutcome change(ObjectRow before, ObjectRow after) {
        return delegate.change(before, after);
    }

    @Override
    public Set<ObjectKey> owned(String namespace, Collection<ObjectKey> keys) {
        return delegate.owned(namespace, keys);
    }

    @Override
    public List<BlobOwner.Named> page(String namespace, @Nullable String after, int max) {
        return delegate.page(namespace, after, max);
    }

    @Override
    public List<ObjectRow> withGarbage(int max) {
        return delegate.withGarbage(max);
    }

    @Override
    public void clearGarbage(Collection<ObjectRow> rows) {
        delegate.clearGarbage(rows);
    }

    @Override
    public Optional<BucketObject> find(Scope scope, ObjectId id) {
        return delegate.find(scope, id);
    }

    @Override
    public Page<BucketObject> list(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        return delegate.list(scope, bucket, query, fields);
    }

    @Override
    public ObjectCounts count(Scope scope, BucketId bucket, ListQuery query, Fields fields) {
        return delegate.count(scope, bucket, query, fields);
    }

    @Override
    public List<ObjectRow> some(Scope scope, BucketId bucket, int max) {
        return delegate.some(scope, bucket, max);
    }

    @Override
    public void removeAll(Scope scope, Collection<ObjectId> ids) {
        delegate.removeAll(scope, ids);
    }

    @Override
    public long storedBytes(Collection<NamespaceId> namespaces) {
        return delegate.storedBytes(namespaces);
    }

    @Override
    public List<Buckets.BucketRef> changedSince(Instant from) {
        return delegate.changedSince(from);
    }
}
