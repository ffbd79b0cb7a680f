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

/** What callers do with buckets. */
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
        if (!store.insert(bucket)) {
            // Of this very id, when a request is run again that died after this step.
            return store.find(scope, bucket.id().value()).orElseThrow(() -> nameTaken(bucket.name()));
        }
        lookup.forget(bucket);
        return bucket;
    }

    /** Past the cache: callers see what they wrote, and fresh counters. */
    Bucket get(Caller caller, Scope scope, String identifier) {
        Bucket bucket = store.find(scope, identifier).orElseThrow(() -> missing.of(scope, identifier));
        if (!caller.reaches(TYPE, bucket.id().value(), bucket.name())) {
            throw new WaybillException(
                    ErrorCode.FORBIDDEN, "This key does not reach the bucket '%s'.".formatted(bucket.name()));
        }
        return bucket;
    }

    ListBucketsResponse list(Caller caller, Scope scope, ListQuery query) {
        Filter reach = ScopeFilter.of(caller, TYPE, "bucket_id", "bucket_name");
        ListQuery within =
                query.withFilter(new Filter.And(List.of(query.filter(), reach))).withTotal();
        return ListBucketsResponse.of(store.page(scope, within), store.stats(scope, within));
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
            Bucket after = store.change(scope, before.id(), change, clock.instant())
                    .orElseThrow(() -> missing.of(scope, identifier));
            lookup.forget(before);
            lookup.forget(after);
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
