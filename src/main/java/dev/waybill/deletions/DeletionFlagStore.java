package dev.waybill.deletions;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Deletion flags, stored in the documents of what is being deleted, in the collections of all modules. */
@Component
class DeletionFlagStore {

    private static final String MARKED_AT = "marked_at";
    private static final String REMOVED = "removed";
    private static final String COUNT = "count";

    /**
     * A stored deletion flag.
     *
     * @param removed how many items were removed so far
     * @param count how many there were before that; null until they were counted
     */
    record Mark(Instant markedAt, long removed, @Nullable Long count) {}

    private final MongoOperations mongo;

    DeletionFlagStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Sets the flag unless it is set, or the revision differs by now; a missing document is no failure. */
    void mark(DeletionTarget deletionTarget, Instant now) {
        Criteria unflagged = at(deletionTarget).and(Deletable.MARK).is(null);
        String revisionField = deletionTarget.kind().revisionField();
        if (revisionField != null) {
            unflagged.and(revisionField).is(deletionTarget.revision());
        }
        Update mark = new Update().set(Deletable.MARK, new Document(MARKED_AT, Date.from(now)).append(REMOVED, 0L));
        String nameField = deletionTarget.kind().nameField();
        if (nameField != null) {
            mark.set(nameField, "~" + deletionTarget.id());
        }
        mongo.updateFirst(query(unflagged), mark, deletionTarget.kind().collection());
    }

    /** Empty when the flag is not set, or the document is gone. */
    Optional<Mark> find(DeletionTarget deletionTarget) {
        var marked = query(marked(deletionTarget));
        marked.fields().include(Deletable.MARK);
        return Optional.ofNullable(mongo.findOne(
                        marked, Document.class, deletionTarget.kind().collection()))
                .map(document -> document.get(Deletable.MARK, Document.class))
                .map(mark -> new Mark(
                        mark.getDate(MARKED_AT).toInstant(),
                        mark.get(REMOVED, Number.class).longValue(),
                        mark.containsKey(COUNT) ? mark.get(COUNT, Number.class).longValue() : null));
    }

    /** Stores the count unless there is one. */
    void count(DeletionTarget deletionTarget, long count) {
        mongo.updateFirst(
                query(marked(deletionTarget).and(Deletable.MARK + "." + COUNT).is(null)),
                new Update().set(Deletable.MARK + "." + COUNT, count),
                deletionTarget.kind().collection());
    }

    void removed(DeletionTarget deletionTarget, long count) {
        mongo.updateFirst(
                query(marked(deletionTarget)),
                new Update().inc(Deletable.MARK + "." + REMOVED, count),
                deletionTarget.kind().collection());
    }

    /** Removes the document itself. */
    void remove(DeletionTarget deletionTarget) {
        mongo.remove(query(marked(deletionTarget)), deletionTarget.kind().collection());
    }

    private static Criteria marked(DeletionTarget deletionTarget) {
        return at(deletionTarget).and(Deletable.MARK).ne(null);
    }

    private static Criteria at(DeletionTarget deletionTarget) {
        Criteria at = where("_id")
                .is(deletionTarget.key())
                .and("organization_id")
                .is(deletionTarget.organization().value())
                .and("created_at")
                .is(deletionTarget.createdAt());
        return deletionTarget.namespace() == null
                ? at
                : at.and("namespace_id").is(deletionTarget.namespace().value());
    }
}
