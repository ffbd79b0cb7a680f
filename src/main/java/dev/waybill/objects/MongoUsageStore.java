package dev.waybill.objects;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Keeps the marks in MongoDB, one document for each bucket. */
@Component
class MongoUsageStore implements UsageStore {

    private final MongoOperations mongo;

    MongoUsageStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    @Override
    public Instant watermark() {
        UsageWatermarkDocument document = mongo.findById(UsageWatermarkDocument.USAGE, UsageWatermarkDocument.class);
        return document == null ? Instant.EPOCH : document.reached();
    }

    @Override
    public void moveWatermark(Instant to) {
        mongo.save(new UsageWatermarkDocument(UsageWatermarkDocument.USAGE, to));
    }

    @Override
    public Map<BucketPlace, Instant> known(Collection<BucketPlace> places) {
        if (places.isEmpty()) {
            return Map.of();
        }
        Criteria those = where("_id").in(places.stream().map(BucketPlace::key).toList());
        Map<BucketPlace, Instant> known = new HashMap<>();
        mongo.find(query(those), UsageMarkDocument.class)
                .forEach(document -> known.put(document.place(), document.lastChange()));
        return known;
    }

    @Override
    public void mark(Collection<BucketChange> changes, Instant now) {
        if (changes.isEmpty()) {
            return;
        }
        BulkOperations bulk = mongo.bulkOps(BulkMode.UNORDERED, UsageMarkDocument.class);
        for (BucketChange change : changes) {
            bulk.upsert(byKey(change.place()), marking(change, now));
        }
        bulk.execute();
    }

    @Override
    public List<UsageMark> due(Instant now, int max) {
        Criteria ripe = where("dueAt").lte(now).and("notBefore").lte(now);
        Query query = query(ripe).with(Sort.by("dueAt")).limit(max);
        return mongo.find(query, UsageMarkDocument.class).stream()
                .map(UsageMarkDocument::toMark)
                .toList();
    }

    @Override
    public boolean claim(UsageMark mark, Instant until) {
        Query unclaimed =
                query(where("_id").is(mark.place().key()).and("notBefore").is(mark.notBefore()));
        return mongo.updateFirst(unclaimed, new Update().set("notBefore", until), UsageMarkDocument.class)
                        .getMatchedCount()
                == 1;
    }

    @Override
    public void computed(UsageMark mark, Instant nextAt, Instant notBefore, Duration took) {
        Update facts = new Update().set("notBefore", notBefore).set("tookMillis", took.toMillis());
        Update settled = new Update()
                .set("notBefore", notBefore)
                .set("tookMillis", took.toMillis())
                .set("dueAt", nextAt);
        if (mongo.updateFirst(unchanged(mark), settled, UsageMarkDocument.class).getMatchedCount() == 0) {
            mongo.updateFirst(byKey(mark.place()), facts, UsageMarkDocument.class);
        }
    }

    @Override
    public void forget(UsageMark mark) {
        mongo.remove(unchanged(mark), UsageMarkDocument.class);
    }

    private static Update marking(BucketChange change, Instant now) {
        BucketPlace place = change.place();
        return new Update()
                .setOnInsert("namespaceId", place.scope().namespace().value())
                .setOnInsert("organizationId", place.scope().organization().value())
                .setOnInsert("bucketId", place.bucket().value())
                .setOnInsert("notBefore", Instant.EPOCH)
                .setOnInsert("tookMillis", 0L)
                .inc("generation", 1L)
                .max("lastChange", change.lastChange())
                .min("dueAt", now);
    }

    private static Query byKey(BucketPlace place) {
        return query(where("_id").is(place.key()));
    }

    private static Query unchanged(UsageMark mark) {
        return query(where("_id").is(mark.place().key()).and("generation").is(mark.generation()));
    }
}
