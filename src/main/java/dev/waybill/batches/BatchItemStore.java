package dev.waybill.batches;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoWrites;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Component;

/** Stores the objects of batches, one small document each, so that no batch is too large for its own. */
@Component
class BatchItemStore {

    private static final int AT_ONCE = 500;

    private final MongoOperations mongo;

    BatchItemStore(MongoOperations mongo) {
        this.mongo = mongo;
    }

    /** Adds those objects that are not in the batch yet, and returns them. */
    List<String> addAll(BatchEntity batch, List<String> objectIds) {
        List<String> added = new ArrayList<>();
        for (int from = 0; from < objectIds.size(); from += AT_ONCE) {
            List<String> part = objectIds.subList(from, Math.min(objectIds.size(), from + AT_ONCE));
            Set<Integer> existing = insert(
                    part.stream().map(id -> BatchItemEntity.of(batch, id)).toList());
            IntStream.range(0, part.size())
                    .filter(i -> !existing.contains(i))
                    .mapToObj(part::get)
                    .forEach(added::add);
        }
        return added;
    }

    /** @return the indexes of those that exist already */
    private Set<Integer> insert(List<BatchItemEntity> items) {
        return MongoWrites.taken(
                mongo.bulkOps(BulkMode.UNORDERED, BatchItemEntity.class).insert(items));
    }

    long count(BatchEntity batch) {
        return mongo.count(query(BatchStore.of(batch)), BatchItemEntity.class);
    }

    /** The next page of objects in the order of their ids; null starts at the first. */
    List<String> after(BatchEntity batch, @Nullable String last, int max) {
        Criteria criteria = BatchStore.of(batch);
        if (last != null) {
            criteria = criteria.and("_id").gt(BatchItemEntity.key(batch, last));
        }
        Query next = query(criteria).with(Sort.by("_id")).limit(max);
        next.fields().include("object_id");
        return mongo.find(next, Document.class, BatchItemEntity.COLLECTION).stream()
                .map(row -> row.getString("object_id"))
                .toList();
    }

    void remove(BatchEntity batch, List<String> objectIds) {
        mongo.remove(query(where("_id").in(keys(batch, objectIds))), BatchItemEntity.class);
    }

    private static Collection<String> keys(BatchEntity batch, List<String> objectIds) {
        return objectIds.stream().map(id -> BatchItemEntity.key(batch, id)).toList();
    }
}
