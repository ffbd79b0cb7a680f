package dev.waybill.collections;

import dev.waybill.auth.Caller;
import dev.waybill.auth.Permission;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.Buckets;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.query.Filter;
import dev.waybill.platform.query.Filter.Condition;
import dev.waybill.platform.query.Operator;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Authorization of keys for collections and documents: collections belong to the bucket that they begin with. */
@Component
class CollectionAccess {

    private static final String BUCKET = "bucket";
    private static final String COLLECTION = "collection";

    private final Buckets buckets;
    private final CollectionStore store;

    CollectionAccess(Buckets buckets, CollectionStore store) {
        this.buckets = buckets;
        this.store = store;
    }

    /**
     * The bucket, which the key must reach.
     *
     * @throws WaybillException 403 when it does not, or not for this
     */
    Bucket require(Caller caller, Permission permission, Scope scope, String identifier) {
        Bucket bucket = buckets.require(scope, identifier);
        caller.require(permission, BUCKET, bucket.id().value(), bucket.name());
        return bucket;
    }

    /** @throws WaybillException 403 when the key does not reach the collection or its bucket, or not for this */
    DocumentCollection require(Caller caller, Permission permission, DocumentCollection collection) {
        require(caller, permission, collection.scope(), collection.bucket().value());
        requireItself(caller, permission, collection);
        return collection;
    }

    /** The same for a collection that is about to be created over a bucket that the key reaches. */
    void requireItself(Caller caller, Permission permission, DocumentCollection collection) {
        caller.require(permission, COLLECTION, collection.id().value(), collection.name());
    }

    /** Whether the key reaches some collections only. */
    static boolean isNarrowed(Caller caller) {
        return caller.isNarrowed(COLLECTION);
    }

    /** Those collections over a bucket that the key may read. */
    List<DocumentCollection> readable(Caller caller, Scope scope, BucketId bucket) {
        return store.over(scope, bucket).stream()
                .filter(collection -> isGranted(() -> requireItself(caller, Permission.READ, collection)))
                .toList();
    }

    /** Filter that limits a list of collections to what a narrowed key may read. */
    Filter bounds(Caller caller, Scope scope) {
        if (!caller.isNarrowed(BUCKET)) {
            return Filter.ALL;
        }
        return anyOf(
                "bucket_id",
                store.buckets(scope).stream()
                        .map(BucketId::value)
                        .filter(bucket -> isGranted(() -> require(caller, Permission.READ, scope, bucket))));
    }

    /** Filter that limits a list of documents over a bucket to what a narrowed key may read. */
    Filter bounds(Caller caller, Scope scope, BucketId bucket) {
        if (!isNarrowed(caller)) {
            return Filter.ALL;
        }
        return anyOf(
                "collection_id",
                readable(caller, scope, bucket).stream().map(one -> one.id().value()));
    }

    /** Matches nothing when there are no values. */
    private static Filter anyOf(String field, Stream<String> values) {
        return new Filter.Or(values.<Filter>map(value -> new Condition(field, Operator.EQ, value, true))
                .toList());
    }

    private static boolean isGranted(Runnable demand) {
        try {
            demand.run();
            return true;
        } catch (WaybillException refused) {
            return false;
        }
    }
}
