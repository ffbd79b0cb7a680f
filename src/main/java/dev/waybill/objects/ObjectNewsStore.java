package dev.waybill.objects;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.util.List;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Notes of what is about to happen to objects. */
@Component
class ObjectNewsStore {

    private final MongoOperations mongo;

    ObjectNewsStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Keeps a note of its own for whoever attempts the change: two of the same moment must not drop each other's. */
    List<ObjectNewsDocument> note(List<ObjectEvent> events, Instant dueAt) {
        return List.copyOf(mongo.insertAll(events.stream()
                .map(event -> ObjectNewsDocument.of(event, dueAt))
                .toList()));
    }

    void drop(List<ObjectNewsDocument> notes) {
        mongo.remove(
                query(where("_id")
                        .in(notes.stream().map(ObjectNewsDocument::key).toList())),
                ObjectNewsDocument.class);
    }

    /** Has it looked at again then. */
    void postpone(ObjectNewsDocument note, Instant until) {
        mongo.updateFirst(
                query(where("_id").is(note.key())), new Update().set("due_at", until), ObjectNewsDocument.class);
    }

    /** Notes that are due, of all tenants, for the periodic job. */
    List<ObjectNewsDocument> due(Instant now, int max) {
        return mongo.find(
                query(where("due_at").lte(now)).with(Sort.by("due_at")).limit(max), ObjectNewsDocument.class);
    }
}
