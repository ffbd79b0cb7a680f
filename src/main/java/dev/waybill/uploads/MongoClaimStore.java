package dev.waybill.uploads;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Claims in the collection {@code upload_claims}. */
@Component
class MongoClaimStore implements ClaimStore {

    private static final int MAX_ROUNDS = 5;

    private final MongoOperations mongo;

    MongoClaimStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Override
    public Optional<Claim> claim(Claim claim) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            try {
                mongo.insert(ClaimDocument.of(claim));
                return Optional.empty();
            } catch (DuplicateKeyException taken) {
                Optional<Claim> holder = find(claim.scope(), claim.bucket(), claim.content());
                if (holder.isPresent()) {
                    return holder.filter(other -> !other.upload().equals(claim.upload()));
                }
                // Its bucket was emptied between the two looks.
            }
        }
        throw new IllegalStateException("a claim came and went " + MAX_ROUNDS + " times");
    }

    @Override
    public Map<String, Claim> claimAll(Scope scope, BucketId bucket, Collection<Claim> claims) {
        if (claims.isEmpty()) {
            return Map.of();
        }
        BulkOperations bulk = mongo.bulkOps(BulkOperations.BulkMode.UNORDERED, ClaimDocument.class);
        claims.forEach(claim -> bulk.insert(ClaimDocument.of(claim)));
        try {
            bulk.execute();
            return Map.of();
        } catch (DuplicateKeyException | BulkOperationException taken) {
            return others(scope, bucket, claims);
        }
    }

    @Override
    public Optional<Claim> find(Scope scope, BucketId bucket, String content) {
        return Optional.ofNullable(mongo.findById(ClaimStore.key(scope, bucket, content), ClaimDocument.class))
                .map(document -> document.toClaim(scope));
    }

    @Override
    public Map<String, Claim> findAll(Scope scope, BucketId bucket, Collection<String> contents) {
        List<String> keys = contents.stream()
                .map(content -> ClaimStore.key(scope, bucket, content))
                .toList();
        Map<String, Claim> found = new HashMap<>();
        mongo.find(Query.query(where("_id").in(keys)), ClaimDocument.class)
                .forEach(document -> found.put(document.content(), document.toClaim(scope)));
        return found;
    }

    @Override
    public boolean takeOver(Claim from, Claim to) {
        Update mine = Update.update("uploadId", to.upload().value()).set("claimedAt", to.at());
        return mongo.updateFirst(held(from), mine, ClaimDocument.class).getModifiedCount() == 1;
    }

    @Override
    public void removeAll(Scope scope, BucketId bucket) {
        mongo.remove(
                Query.query(where("namespaceId")
                        .is(scope.namespace().value())
                        .and("bucketId")
                        .is(bucket.value())),
                ClaimDocument.class);
    }

    private Map<String, Claim> others(Scope scope, BucketId bucket, Collection<Claim> mine) {
        Map<String, Claim> stored =
                findAll(scope, bucket, mine.stream().map(Claim::content).toList());
        Map<String, Claim> others = new HashMap<>();
        for (Claim claim : mine) {
            Claim holder = stored.get(claim.content());
            if (holder != null && !holder.upload().equals(claim.upload())) {
                others.put(claim.content(), holder);
            }
        }
        return others;
    }

    private static Query held(Claim claim) {
        return Query.query(where("_id")
                .is(ClaimStore.key(claim.scope(), claim.bucket(), claim.content()))
                .and("uploadId")
                .is(claim.upload().value()));
    }
}
