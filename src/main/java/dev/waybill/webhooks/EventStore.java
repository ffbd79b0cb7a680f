package dev.waybill.webhooks;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Events in MongoDB; one that is there already stays as it is. */
@Component
class EventStore {

    private static final int DUPLICATE_KEY = 11_000;

    private final MongoOperations mongo;

    EventStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Keeps those that are not there yet, in one round trip. */
    void insertAll(List<EventDocument> events) {
        insertAll(mongo, EventDocument.class, events);
    }

    /** Inserts those whose {@code _id} is free. */
    static <D> void insertAll(MongoOperations mongo, Class<D> type, List<D> documents) {
        if (documents.isEmpty()) {
            return;
        }
        try {
            mongo.bulkOps(BulkMode.UNORDERED, type).insert(documents).execute();
        } catch (BulkOperationException e) {
            if (!e.getErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    /** Those of them that were not handed to their webhooks yet. */
    List<EventDocument> waiting(Collection<?> keys) {
        return mongo.find(query(where("_id").in(keys).and("fan_out_due").ne(null)), EventDocument.class);
    }

    /** Those that should have been handed out by now, of all tenants. */
    List<EventDocument> due(Instant now, int max) {
        return mongo.find(
                query(where("fan_out_due").lte(now))
                        .with(Sort.by("fan_out_due"))
                        .limit(max),
                EventDocument.class);
    }

    void handedOut(Collection<EventDocument> events) {
        List<String> keys = events.stream().map(EventDocument::key).toList();
        mongo.updateMulti(query(where("_id").in(keys)), new Update().unset("fan_out_due"), EventDocument.class);
    }

    /** Removes what is older and was handed out. */
    long removeBefore(Instant before) {
        return mongo.remove(
                        query(where("created_at").lt(before).and("fan_out_due").is(null)), EventDocument.class)
                .getDeletedCount();
    }
}
