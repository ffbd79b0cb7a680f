package dev.waybill.deliveries;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.mongo.WriteOutcome;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.Document;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** The event outbox in MongoDB; an event that exists already stays as it is. */
@Component
class EventStore {

    private static final int RETRY_AFTER_SECONDS = 5;

    private final MongoOperations mongo;
    private final MongoWrites writes;

    EventStore(MongoOperations mongo) {
        this.mongo = mongo;
        this.writes = new MongoWrites(mongo);
    }

    /**
     * Inserts those that are absent, in one round trip.
     *
     * @param events at least one
     * @return those that were absent
     * @throws WaybillException 503 when it is not known whether they were stored
     */
    List<EventEntity> insertAll(List<EventEntity> events) {
        List<WriteOutcome> outcomes = requireKnown(writes.insertAll(EventEntity.class, events));
        return IntStream.range(0, events.size())
                .filter(i -> outcomes.get(i) == WriteOutcome.DONE)
                .mapToObj(events::get)
                .toList();
    }

    static List<WriteOutcome> requireKnown(List<WriteOutcome> outcomes) {
        if (outcomes.contains(WriteOutcome.UNKNOWN)) {
            throw new WaybillException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "whether events were kept is not known, as the database did not answer; try again in a few seconds",
                    Map.of("retry_after", RETRY_AFTER_SECONDS));
        }
        return outcomes;
    }

    /** Which of these keys exist. */
    Set<String> existing(Collection<String> keys) {
        Query query = query(where("_id").in(keys));
        query.fields().include("_id");
        return mongo.find(query, Document.class, mongo.getCollectionName(EventEntity.class)).stream()
                .map(document -> document.getString("_id"))
                .collect(Collectors.toSet());
    }

    /** Those that should have been dispatched by now, of all tenants. */
    List<EventEntity> due(Instant now, int max) {
        return mongo.find(
                query(where("fan_out_due").lte(now))
                        .with(Sort.by("fan_out_due"))
                        .limit(max),
                EventEntity.class);
    }

    void markDispatched(Collection<EventEntity> events) {
        List<String> keys = events.stream().map(EventEntity::key).toList();
        mongo.updateMulti(query(where("_id").in(keys)), new Update().unset("fan_out_due"), EventEntity.class);
    }

    /** Removes what is older and was dispatched. */
    long removeBefore(Instant before) {
        return mongo.remove(
                        query(where("created_at").lt(before).and("fan_out_due").is(null)), EventEntity.class)
                .getDeletedCount();
    }
}
