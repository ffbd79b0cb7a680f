package dev.waybill.deliveries;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.webhooks.Endpoint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Circuit breakers in MongoDB, one small document for each endpoint that ever failed or was slow. */
@Component
class CircuitStore {

    private final MongoOperations mongo;

    CircuitStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    CircuitEntity find(Endpoint endpoint) {
        CircuitEntity found = mongo.findById(endpoint.key(), CircuitEntity.class);
        return found == null ? CircuitEntity.closed(endpoint) : found;
    }

    /** Upserts it, except {@code failing_since}, which whoever resumed the webhook meanwhile has cleared. */
    void save(CircuitEntity circuit) {
        Update update = new Update().set("unanswered", circuit.unanswered()).set("slow", circuit.slow());
        MongoWrites.set(update, "open_until", circuit.openUntil());
        mongo.upsert(query(where("_id").is(circuit.key())), update, CircuitEntity.class);
    }

    /** @return since when the endpoint fails: now, unless it did so before */
    Instant markFailing(Endpoint endpoint, Instant now) {
        CircuitEntity circuit = mongo.findAndModify(
                query(where("_id").is(endpoint.key())),
                new Update()
                        .setOnInsert("unanswered", 0)
                        .setOnInsert("slow", false)
                        .min("failing_since", now),
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                CircuitEntity.class);
        return circuit == null || circuit.failingSince() == null ? now : circuit.failingSince();
    }

    /** Clears {@code failing_since}. */
    void clearFailing(Endpoint endpoint) {
        mongo.updateFirst(
                query(where("_id").is(endpoint.key())), new Update().unset("failing_since"), CircuitEntity.class);
    }

    /** The earliest {@code failing_since} of them. */
    Optional<Instant> failingSince(Collection<Endpoint> endpoints) {
        return mongo.find(query(where("_id").in(keys(endpoints))), CircuitEntity.class).stream()
                .map(CircuitEntity::failingSince)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** Makes those that are open half-open from now on. */
    void halfOpen(Collection<Endpoint> endpoints, Instant now) {
        mongo.updateMulti(
                query(where("_id").in(keys(endpoints)).and("open_until").gt(now)),
                new Update().set("open_until", now),
                CircuitEntity.class);
    }

    /** Resets them to closed. */
    void remove(Collection<Endpoint> endpoints) {
        mongo.remove(query(where("_id").in(keys(endpoints))), CircuitEntity.class);
    }

    private static List<String> keys(Collection<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::key).toList();
    }
}
