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

/** The marks of deletions, kept in the documents of what is being deleted, whatever room they belong to. */
@Component
class MarkStore {

    private static final String MARKED_AT = "marked_at";
    private static final String REMOVED = "removed";
    private static final String COUNT = "count";

    /**
     * @param removed how much was removed so far
     * @param count how much lay in it before that; null until it was counted
     */
    record Mark(Instant markedAt, long removed, @Nullable Long count) {}

    private final MongoOperations mongo;

    MarkStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Marks it unless that was done, or it has another revision since; what is gone is no failure. */
    void mark(Target target, Instant now) {
        Criteria unmarked = at(target).and(Deletable.MARK).is(null);
        String revisionField = target.kind().revisionField();
        if (revisionField != null) {
            unmarked.and(revisionField).is(target.revision());
        }
        Update mark = new Update().set(Deletable.MARK, new Document(MARKED_AT, Date.from(now)).append(REMOVED, 0L));
        String nameField = target.kind().nameField();
        if (nameField != null) {
            mark.set(nameField, "~" + target.id());
        }
        mongo.updateFirst(query(unmarked), mark, target.kind().collection());
    }

    /** Empty when it has none, or is gone. */
    Optional<Mark> find(Target target) {
        var marked = query(marked(target));
        marked.fields().include(Deletable.MARK);
        return Optional.ofNullable(
                        mongo.findOne(marked, Document.class, target.kind().collection()))
                .map(document -> document.get(Deletable.MARK, Document.class))
                .map(mark -> new Mark(
                        mark.getDate(MARKED_AT).toInstant(),
                        mark.get(REMOVED, Number.class).longValue(),
                        mark.containsKey(COUNT) ? mark.get(COUNT, Number.class).longValue() : null));
    }

    /** Keeps the count unless there is one. */
    void count(Target target, long count) {
        mongo.updateFirst(
                query(marked(target).and(Deletable.MARK + "." + COUNT).is(null)),
                new Update().set(Deletable.MARK + "." + COUNT, count),
                target.kind().collection());
    }

    void removed(Target target, long count) {
        mongo.updateFirst(
                query(marked(target)),
                new Update().inc(Deletable.MARK + "." + REMOVED, count),
                target.kind().collection());
    }

    /** Removes the document itself. */
    void remove(Target target) {
        mongo.remove(query(marked(target)), target.kind().collection());
    }

    private static Criteria marked(Target target) {
        return at(target).and(Deletable.MARK).ne(null);
    }

    private static Criteria at(Target target) {
        Criteria at = where("_id")
                .is(target.key())
                .and("organization_id")
                .is(target.organization().value())
                .and("created_at")
                .is(target.createdAt());
        return target.namespace() == null
                ? at
                : at.and("namespace_id").is(target.namespace().value());
    }
}
