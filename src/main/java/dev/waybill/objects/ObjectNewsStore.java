package dev.waybill.objects;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.stereotype.Component;

/** Notes of what is about to happen to objects. */
@Component
class ObjectNewsStore {

    private final MongoOperations mongo;

    ObjectNewsStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Keeps the note, or moves the one that is there. */
    void note(ObjectEvent event, Instant dueAt) {
        mongo.save(ObjectNewsDocument.of(event, dueAt));
    }

    void drop(ObjectEvent event) {
        mongo.remove(query(where("_id").is(event.scope().key(event.eventId()))), ObjectNewsDocument.class);
    }

    /** Notes that are due, of all tenants, for the periodic job. */
    List<ObjectEvent> due(Instant now, int max) {
        return mongo
                .find(query(where("due_at").lte(now)).with(Sort.by("due_at")).limit(max), ObjectNewsDocument.class)
                .stream()
                .map(ObjectNewsDocument::toEvent)
                .toList();
    }
}
