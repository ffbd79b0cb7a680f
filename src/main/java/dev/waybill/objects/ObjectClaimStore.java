package dev.waybill.objects;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Who was first; a claim's {@code _id} is derived from what it is on, so that of any number at once one wins. */
@Component
class ObjectClaimStore {

    private final MongoOperations mongo;
    private final InstantSource clock;

    ObjectClaimStore(MongoOperations mongo, InstantSource clock) {
        this.mongo = mongo;
        this.clock = clock;
    }

    /** Whose a claim is. */
    record Holder(ObjectId object, Instant since) {}

    /** Makes the claim, or tells who has it; one's own is no obstacle. */
    Optional<Holder> claim(Scope scope, BucketId bucket, String what, ObjectId object) {
        try {
            mongo.insert(new ObjectClaimDocument(
                    key(scope, bucket, what),
                    scope.namespace().value(),
                    bucket.value(),
                    object.value(),
                    clock.instant()));
            return Optional.empty();
        } catch (DuplicateKeyException taken) {
            Optional<Holder> holder = find(scope, bucket, what);
            if (holder.isEmpty()) {
                return claim(scope, bucket, what, object);
            }
            boolean own = holder.get().object().equals(object);
            // Who repeats its claim is about to write again: nobody is to take it for lost just now.
            return own && !takeOver(scope, bucket, what, holder.get(), object)
                    ? claim(scope, bucket, what, object)
                    : holder.filter(other -> !own);
        }
    }

    Optional<Holder> find(Scope scope, BucketId bucket, String what) {
        return Optional.ofNullable(mongo.findById(key(scope, bucket, what), ObjectClaimDocument.class))
                .map(document -> new Holder(new ObjectId(document.objectId()), document.claimedAt()));
    }

    /** Takes a claim from an object that is not there; false when somebody else did so first. */
    boolean takeOver(Scope scope, BucketId bucket, String what, Holder from, ObjectId to) {
        Update mine = new Update().set("objectId", to.value()).set("claimedAt", clock.instant());
        Query asSeen = query(where("_id")
                .is(key(scope, bucket, what))
                .and("objectId")
                .is(from.object().value())
                .and("claimedAt")
                .is(from.since()));
        return mongo.updateFirst(asSeen, mine, ObjectClaimDocument.class).getMatchedCount() == 1;
    }

    /** Gives a claim back, if the object has it. */
    void release(Scope scope, BucketId bucket, String what, ObjectId object) {
        mongo.remove(held(scope, bucket, what, object), ObjectClaimDocument.class);
    }

    /** Gives everything back that an object has claimed. */
    void releaseAll(Scope scope, ObjectId object) {
        mongo.remove(
                query(where("namespaceId")
                        .is(scope.namespace().value())
                        .and("objectId")
                        .is(object.value())),
                ObjectClaimDocument.class);
    }

    /** Removes all claims of a bucket. */
    void removeAll(Scope scope, BucketId bucket) {
        mongo.remove(
                query(where("namespaceId")
                        .is(scope.namespace().value())
                        .and("bucketId")
                        .is(bucket.value())),
                ObjectClaimDocument.class);
    }

    private static Query held(Scope scope, BucketId bucket, String what, ObjectId object) {
        return query(where("_id").is(key(scope, bucket, what)).and("objectId").is(object.value()));
    }

    private static String key(Scope scope, BucketId bucket, String what) {
        return scope.key(bucket.value() + "/" + what);
    }
}
