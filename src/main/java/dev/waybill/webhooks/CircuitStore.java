package dev.waybill.webhooks;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoWrites;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Circuits in MongoDB, one small document for each endpoint that ever was in trouble. */
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

    /** Keeps what it says, but for since when its endpoint fails: whoever resumed the webhook meanwhile has cleared that. */
    void save(CircuitEntity circuit) {
        Update update = new Update().set("unanswered", circuit.unanswered()).set("slow", circuit.slow());
        MongoWrites.set(update, "open_until", circuit.openUntil());
        mongo.upsert(query(where("_id").is(circuit.key())), update, CircuitEntity.class);
    }

    /** @return since when the endpoint fails: now, unless it did so before */
    Instant failing(Endpoint endpoint, Instant now) {
        CircuitEntity failing = mongo.findAndModify(
                query(where("_id").is(endpoint.key())),
                new Update()
                        .setOnInsert("unanswered", 0)
                        .setOnInsert("slow", false)
                        .min("failing_since", now),
                FindAndModifyOptions.options().upsert(true).returnNew(true),
                CircuitEntity.class);
        return failing == null || failing.failingSince() == null ? now : failing.failingSince();
    }

    /** Whatever failed there counts no more. */
    void working(Endpoint endpoint) {
        mongo.updateFirst(
                query(where("_id").is(endpoint.key())), new Update().unset("failing_since"), CircuitEntity.class);
    }

    /** Since when the one of them fails that fails the longest. */
    Optional<Instant> failingSince(Collection<Endpoint> endpoints) {
        return mongo.find(query(where("_id").in(keys(endpoints))), CircuitEntity.class).stream()
                .map(CircuitEntity::failingSince)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    /** Ends the pauses of those that are open: they are half-open from now on. */
    void endPauses(Collection<Endpoint> endpoints, Instant now) {
        mongo.updateMulti(
                query(where("_id").in(keys(endpoints)).and("open_until").gt(now)),
                new Update().set("open_until", now),
                CircuitEntity.class);
    }

    /** They begin anew, closed. */
    void remove(Collection<Endpoint> endpoints) {
        mongo.remove(query(where("_id").in(keys(endpoints))), CircuitEntity.class);
    }

    private static List<String> keys(Collection<Endpoint> endpoints) {
        return endpoints.stream().map(Endpoint::key).toList();
    }
}
