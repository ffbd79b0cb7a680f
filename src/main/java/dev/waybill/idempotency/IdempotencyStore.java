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
 * Requests that brought a key. Each change is one conditional write that tells whether it happened, so that of any number
 * of instances that try at once, one wins.
 */
@Component
class IdempotencyStore {

    private final MongoOperations mongo;

    IdempotencyStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** @return false when there is a request of that name */
    boolean insert(IdempotencyEntity reservation) {
        return MongoWrites.insert(mongo, reservation);
    }

    Optional<IdempotencyEntity> find(OrganizationId organization, String name) {
        return Optional.ofNullable(mongo.findById(IdempotencyEntity.key(organization, name), IdempotencyEntity.class));
    }

    /** Begins another run of a request that has no answer and whose lease is over; false when somebody else did. */
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

    /** Keeps the answer, sealed; false when somebody else has taken the request over. */
    boolean complete(IdempotencyEntity reservation, StoredResponse closed) {
        Update done = new Update().set("status", closed.status()).set("answer", closed.body());
        if (closed.contentType() != null) {
            done.set("contentType", closed.contentType());
        }
        return won(owned(reservation), done);
    }

    /** Ends the lease and keeps the ids: the same request may be run again at once. False as with {@link #complete}. */
    boolean release(IdempotencyEntity reservation, Instant now) {
        return won(owned(reservation), Update.update("leaseUntil", now));
    }

    /** Forgets the request: its key is free. */
    void remove(IdempotencyEntity reservation) {
        mongo.remove(query(owned(reservation)), IdempotencyEntity.class);
    }

    /** Keeps leases from ending, all in one write. */
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

    /** Forgets a request if its time is over. */
    void removeExpired(OrganizationId organization, String name, Instant now) {
        mongo.remove(
                query(where("_id")
                        .is(IdempotencyEntity.key(organization, name))
                        .and("expiresAt")
                        .lte(now)),
                IdempotencyEntity.class);
    }

    /** Forgets everything whose time is over, of all tenants; only the periodic job asks. */
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
