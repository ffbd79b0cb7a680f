package dev.waybill.idempotency;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Repository of idempotency keys in MongoDB. Each change is one conditional write that returns whether it happened, so
 * that of any number of concurrent instances one wins.
 */
@Component
class IdempotencyStore {

    private final MongoOperations mongo;

    IdempotencyStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** @return false when a request of that name exists */
    boolean insert(IdempotencyEntity reservation) {
        return MongoWrites.insert(mongo, reservation);
    }

    Optional<IdempotencyEntity> find(OrganizationId organization, String name) {
        return Optional.ofNullable(mongo.findById(IdempotencyEntity.key(organization, name), IdempotencyEntity.class));
    }

    /**
     * Takes over a request that has no response and whose lease has expired, for another run; false when another
     * instance did.
     */
    boolean takeOver(IdempotencyEntity from, IdempotencyEntity to, Instant now) {
        return won(
                owned(from).and("answer").is(null).and("leaseUntil").lte(now),
                new Update()
                        .set("owner", to.owner())
                        .set("run", to.run())
                        .set("leaseUntil", to.leaseUntil())
                        .unset("status")
                        .unset("contentType"));
    }

    /** Stores the encrypted response; false when another run has taken over. */
    boolean complete(IdempotencyEntity reservation, StoredResponse encrypted) {
        Update done = new Update().set("status", encrypted.status()).set("answer", encrypted.body());
        if (encrypted.contentType() != null) {
            done.set("contentType", encrypted.contentType());
        }
        return won(owned(reservation), done);
    }

    /**
     * Releases the lease and keeps the ids: the same request may be retried at once. False as with {@link #complete}.
     */
    boolean release(IdempotencyEntity reservation, Instant now) {
        return won(owned(reservation), Update.update("leaseUntil", now));
    }

    /** Deletes the request: its key is free. */
    void remove(IdempotencyEntity reservation) {
        mongo.remove(query(owned(reservation)), IdempotencyEntity.class);
    }

    /** Renews leases, all in one write. */
    void renew(Collection<IdempotencyEntity> reservations, Instant leaseUntil) {
        mongo.updateMulti(
                query(where("_id")
                        .in(reservations.stream().map(IdempotencyEntity::key).toList())
                        .and("owner")
                        .in(reservations.stream().map(IdempotencyEntity::owner).toList())
                        .and("answer")
                        .is(null)),
                Update.update("leaseUntil", leaseUntil),
                IdempotencyEntity.class);
    }

    /** Deletes a request if it has expired. */
    void removeExpired(OrganizationId organization, String name, Instant now) {
        mongo.remove(
                query(where("_id")
                        .is(IdempotencyEntity.key(organization, name))
                        .and("expiresAt")
                        .lte(now)),
                IdempotencyEntity.class);
    }

    /** Deletes everything that has expired, of all tenants; for the periodic job only. */
    long removeExpired(Instant now) {
        return mongo.remove(query(where("expiresAt").lte(now)), IdempotencyEntity.class)
                .getDeletedCount();
    }

    private boolean won(Criteria which, Update update) {
        return mongo.updateFirst(query(which), update, IdempotencyEntity.class).getMatchedCount() == 1;
    }

    private static Criteria owned(IdempotencyEntity reservation) {
        return where("_id").is(reservation.key()).and("owner").is(reservation.owner());
    }
}
