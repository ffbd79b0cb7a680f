package dev.waybill.batches;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.tasks.TaskStatus;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.ReplaceOptions;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Stores the outcome of each object in each tier. */
@Component
class BatchResultStore {

    private static final List<String> DONE =
            List.of(TaskStatus.COMPLETED.name(), TaskStatus.FAILED.name(), TaskStatus.SKIPPED.name());
    private static final String FAILED = TaskStatus.FAILED.name();

    private final MongoOperations mongo;
    private final MongoPages pages;

    BatchResultStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /**
     * Stores a result, unless one of a later run exists.
     *
     * @return whether it was stored
     */
    boolean save(BatchResultEntity result) {
        Query notNewer = query(where("_id").is(result.key()).and("run").lte(result.run()));
        try {
            mongo.replace(notNewer, result, ReplaceOptions.replaceOptions().upsert());
            return true;
        } catch (DuplicateKeyException existing) {
            // A later run's; or it was inserted just now, and the second replace finds it.
            return mongo.replace(notNewer, result).getMatchedCount() == 1;
        }
    }

    /** The results of these objects in a tier, by object id. */
    Map<String, BatchResultEntity> findAll(BatchEntity batch, int tier, List<String> objectIds) {
        Map<String, BatchResultEntity> found = new HashMap<>();
        mongo.find(query(these(batch, tier, objectIds)), BatchResultEntity.class)
                .forEach(result -> found.put(result.objectId(), result));
        return found;
    }

    /** The results of an object in these tiers. */
    List<BatchResultEntity> ofObject(BatchEntity batch, String objectId, List<Integer> tiers) {
        List<String> keys = tiers.stream()
                .map(tier -> BatchResultEntity.key(batch, tier, objectId))
                .toList();
        return mongo.find(query(where("_id").in(keys)), BatchResultEntity.class);
    }

    static boolean isDone(@Nullable BatchResultEntity result) {
        return result != null && DONE.contains(result.status().name());
    }

    /** Those of these objects that are not done in a tier, in their order, and how often each was retried. */
    Map<String, Integer> open(BatchEntity batch, int tier, List<String> objectIds) {
        Map<String, BatchResultEntity> results = findAll(batch, tier, objectIds);
        Map<String, Integer> open = new LinkedHashMap<>();
        for (String id : objectIds) {
            BatchResultEntity result = results.get(id);
            if (!isDone(result)) {
                open.put(id, result == null ? 0 : result.retries());
            }
        }
        return open;
    }

    long countDone(BatchEntity batch, int tier) {
        return mongo.count(query(of(batch, tier).and("status").in(DONE)), BatchResultEntity.class);
    }

    /** The same, of objects up to this one in the order of their ids. */
    long countDone(BatchEntity batch, int tier, String upTo) {
        Criteria done = of(batch, tier).and("status").in(DONE).and("_id").lte(BatchResultEntity.key(batch, tier, upTo));
        return mongo.count(query(done), BatchResultEntity.class);
    }

    /** The next page of results of a tier, in the order of their objects' ids; null starts at the first. */
    List<BatchResultEntity> after(BatchEntity batch, int tier, @Nullable String last, int max) {
        return page(new Criteria(), batch, tier, last, max);
    }

    /** The same, of failed ones that a retry of these terms selects. */
    List<BatchResultEntity> toRetryAfter(
            BatchEntity batch, RetrySelection terms, int tier, @Nullable String last, int max) {
        return page(retried(batch, terms, tier), batch, tier, last, max);
    }

    long countToRetry(BatchEntity batch, RetrySelection terms, int tier) {
        return mongo.count(query(retried(batch, terms, tier)), BatchResultEntity.class);
    }

    private List<BatchResultEntity> page(Criteria rows, BatchEntity batch, int tier, @Nullable String last, int max) {
        Criteria ofTier = rows.and("_id")
                .gt(BatchResultEntity.key(batch, tier, last == null ? "" : last))
                .lt(BatchResultEntity.keysEnd(batch, tier));
        Query next = query(ofTier).with(Sort.by("_id")).limit(max);
        return mongo.find(next, BatchResultEntity.class);
    }

    private static Criteria retried(BatchEntity batch, RetrySelection terms, int tier) {
        Criteria criteria =
                of(batch, tier).and("status").is(FAILED).and("retries").lt(terms.maxRetries());
        return terms.transientOnly() ? criteria.and("retryable").is(true) : criteria;
    }

    /** Sets these objects back to PENDING in a tier, unless this run processed them already. */
    void reopen(BatchEntity batch, int tier, List<String> objectIds, boolean counted) {
        Update pending = new Update().set("status", TaskStatus.PENDING.name());
        if (counted) {
            pending.inc("retries", 1);
        }
        mongo.updateMulti(
                query(these(batch, tier, objectIds)
                        .and("status")
                        .in(DONE)
                        .and("run")
                        .lt(batch.run())),
                pending,
                BatchResultEntity.class);
    }

    Page<BatchResultEntity> failed(BatchEntity batch, ListFailedRequest request, ListQuery query) {
        return pages.find(
                BatchResultEntity.class,
                failures(batch, request.tierNum(), request.collectionId()),
                query,
                ListFailedRequest.FIELDS);
    }

    /** Removes the results of these objects in all tiers. */
    void remove(BatchEntity batch, List<String> objectIds) {
        mongo.remove(query(BatchStore.of(batch).and("object_id").in(objectIds)), BatchResultEntity.class);
    }

    private static Criteria failures(BatchEntity batch, @Nullable Integer tier, @Nullable String collection) {
        Criteria criteria = (tier == null ? BatchStore.of(batch) : of(batch, tier))
                .and("status")
                .is(FAILED);
        return collection == null
                ? criteria
                : criteria.and("errors.collection_id").is(collection);
    }

    private static Criteria these(BatchEntity batch, int tier, List<String> objectIds) {
        return where("_id")
                .in(objectIds.stream()
                        .map(id -> BatchResultEntity.key(batch, tier, id))
                        .toList());
    }

    private static Criteria of(BatchEntity batch, int tier) {
        return BatchStore.of(batch).and("tier").is(tier);
    }
}
