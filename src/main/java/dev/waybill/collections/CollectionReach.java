package dev.waybill.collections;

import dev.waybill.auth.Caller;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import dev.waybill.platform.query.Operator;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/** What a narrowed key may see: collections stand under the bucket that they begin with. */
@Component
class CollectionReach {

    private static final String BUCKET = "bucket";
    private static final String COLLECTION = "collection";

    private final Buckets buckets;
    private final CollectionStore store;

    CollectionReach(Buckets buckets, CollectionStore store) {
        this.buckets = buckets;
        this.store = store;
    }

    /** The bucket, which the key must reach. */
    Bucket require(Caller caller, Scope scope, String identifier) {
        Bucket bucket = buckets.require(scope, identifier);
        if (!caller.reaches(BUCKET, bucket.id().value(), bucket.name())) {
            throw new WaybillException(
                    ErrorCode.FORBIDDEN, "This key does not reach the bucket '%s'.".formatted(bucket.name()));
        }
        return bucket;
    }

    /** @throws WaybillException 403 when the key does not reach the collection or its bucket */
    DocumentCollection require(Caller caller, DocumentCollection collection) {
        require(caller, collection.scope(), collection.bucket().value());
        if (!caller.reaches(COLLECTION, collection.id().value(), collection.name())) {
            throw new WaybillException(
                    ErrorCode.FORBIDDEN, "This key does not reach the collection '%s'.".formatted(collection.name()));
        }
        return collection;
    }

    /** A narrowed key's bounds of a list of collections. */
    Filter bounds(Caller caller, Scope scope) {
        if (caller.scopes().stream().noneMatch(one -> one.resourceType().equals(BUCKET))) {
            return Filter.ALL;
        }
        List<Filter> reached = store.buckets(scope).stream()
                .filter(bucket -> reaches(caller, scope, bucket))
                .<Filter>map(bucket -> new Condition("bucket_id", Operator.EQ, bucket.value(), true))
                .toList();
        return reached.isEmpty() ? new Filter.Not(List.of(Filter.ALL)) : new Filter.Or(reached);
    }

    private boolean reaches(Caller caller, Scope scope, BucketId id) {
        try {
            require(caller, scope, id.value());
            return true;
        } catch (WaybillException refused) {
            return false;
        }
    }
}
