package dev.waybill.buckets;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.auth.ScopeFilter;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.tenancy.Scope;
import java.time.InstantSource;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for buckets. */
@Component
class BucketService {

    private static final String TYPE = "bucket";

    private final BucketStore store;
    private final BucketLookup lookup;
    private final MissingBucket missing;
    private final BucketDeletion deletion;
    private final IdGenerator ids;
    private final InstantSource clock;

    BucketService(
            BucketStore store,
            BucketLookup lookup,
            MissingBucket missing,
            BucketDeletion deletion,
            IdGenerator ids,
            InstantSource clock) {
        this.store = store;
        this.lookup = lookup;
        this.missing = missing;
        this.deletion = deletion;
        this.ids = ids;
        this.clock = clock;
    }

    Bucket create(Caller caller, Scope scope, BucketCreateRequest request) {
        Bucket bucket = request.toBucket(new BucketId(ids.next("bkt_")), scope, clock.instant());
        caller.require(Permission.WRITE, TYPE, bucket.id().value(), bucket.name());
        if (!store.insertIfAbsent(bucket)) {
            // With this very id, when a request is repeated that died after this step.
            return store.find(scope, bucket.id().value()).orElseThrow(() -> nameTaken(bucket.name()));
        }
        lookup.invalidate(bucket);
        return bucket;
    }

    /** Bypasses the cache: callers read their own writes, and fresh counters. */
    Bucket get(Caller caller, Scope scope, String identifier) {
        Bucket bucket = store.find(scope, identifier).orElseThrow(() -> missing.of(scope, identifier));
        if (!caller.reaches(TYPE, bucket.id().value(), bucket.name())) {
            throw new WaybillException(
                    ErrorCode.FORBIDDEN, "This key does not reach the bucket '%s'.".formatted(bucket.name()));
        }
        return bucket;
    }

    ListBucketsResponse list(Caller caller, Scope scope, ListQuery query) {
        Filter readable = ScopeFilter.of(caller, TYPE, "bucket_id", "bucket_name");
        ListQuery readableOnly = query.withFilter(new Filter.And(List.of(query.filter(), readable)))
                .withTotal();
        return ListBucketsResponse.of(store.page(scope, readableOnly), store.stats(scope, readableOnly));
    }

    Bucket change(Caller caller, Scope scope, String identifier, BucketChange change) {
        Bucket before = get(caller, scope, identifier);
        if (change.isEmpty()) {
            return before;
        }
        if (change.name() != null) {
            caller.require(Permission.WRITE, TYPE, before.id().value(), change.name());
        }
        try {
            Bucket after = store.update(scope, before.id(), change, clock.instant())
                    .orElseThrow(() -> missing.of(scope, identifier));
            lookup.invalidate(before);
            lookup.invalidate(after);
            return after;
        } catch (DuplicateKeyException taken) {
            throw nameTaken(String.valueOf(change.name()));
        }
    }

    BucketDeletionResponse delete(Caller caller, Scope scope, String identifier) {
        Bucket bucket = get(caller, scope, identifier);
        return BucketDeletionResponse.of(bucket, deletion.begin(bucket));
    }

    private static WaybillException nameTaken(String name) {
        return WaybillException.nameTaken("namespace", TYPE, name);
    }
}
