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

/** What became of each object in each tier. */
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
     * Keeps a result, unless one of a later run is there.
     *
     * @return whether it is kept
     */
    boolean save(BatchResultDocument result) {
        Query notNewer = query(where("_id").is(result.key()).and("run").lte(result.run()));
        try {
            mongo.replace(notNewer, result, ReplaceOptions.replaceOptions().upsert());
            return true;
        } catch (DuplicateKeyException there) {
            // A later run's; or it was written first just now, and the second look finds it.
            return mongo.replace(notNewer, result).getMatchedCount() == 1;
        }
    }

    /** What is known of these objects in a tier. */
    Map<String, BatchResultDocument> findAll(BatchDocument batch, int tier, List<String> objectIds) {
        Map<String, BatchResultDocument> found = new HashMap<>();
        mongo.find(query(these(batch, tier, objectIds)), BatchResultDocument.class)
                .forEach(result -> found.put(result.objectId(), result));
        return found;
    }

    /** What is known of an object in these tiers. */
    List<BatchResultDocument> ofObject(BatchDocument batch, String objectId, List<Integer> tiers) {
        List<String> keys = tiers.stream()
                .map(tier -> BatchResultDocument.key(batch, tier, objectId))
                .toList();
        return mongo.find(query(where("_id").in(keys)), BatchResultDocument.class);
    }

    static boolean isDone(@Nullable BatchResultDocument result) {
        return result != null && DONE.contains(result.status().name());
    }

    /** Those of these objects that are not done in a tier, in their order, and how often each was done again. */
    Map<String, Integer> open(BatchDocument batch, int tier, List<String> objectIds) {
        Map<String, BatchResultDocument> known = findAll(batch, tier, objectIds);
        Map<String, Integer> open = new LinkedHashMap<>();
        for (String id : objectIds) {
            BatchResultDocument result = known.get(id);
            if (!isDone(result)) {
                open.put(id, result == null ? 0 : result.retries());
            }
        }
        return open;
    }

    long countDone(BatchDocument batch, int tier) {
        return mongo.count(query(of(batch, tier).and("status").in(DONE)), BatchResultDocument.class);
    }

    /** The same, of objects up to this one in the order of their ids. */
    long countDone(BatchDocument batch, int tier, String upTo) {
        Criteria done =
                of(batch, tier).and("status").in(DONE).and("_id").lte(BatchResultDocument.key(batch, tier, upTo));
        return mongo.count(query(done), BatchResultDocument.class);
    }

    /** The next results of a tier, in the order of their objects' ids; null starts at the first. */
    List<BatchResultDocument> after(BatchDocument batch, int tier, @Nullable String last, int max) {
        return page(new Criteria(), batch, tier, last, max);
    }

    /** The same, failed ones that a retry of these terms means. */
    List<BatchResultDocument> toRetryAfter(
            BatchDocument batch, RetryTerms terms, int tier, @Nullable String last, int max) {
        return page(retried(batch, terms, tier), batch, tier, last, max);
    }

    long countToRetry(BatchDocument batch, RetryTerms terms, int tier) {
        return mongo.count(query(retried(batch, terms, tier)), BatchResultDocument.class);
    }

    private List<BatchResultDocument> page(
            Criteria rows, BatchDocument batch, int tier, @Nullable String last, int max) {
        Criteria ofTier = rows.and("_id")
                .gt(BatchResultDocument.key(batch, tier, last == null ? "" : last))
                .lt(BatchResultDocument.keysEnd(batch, tier));
        Query next = query(ofTier).with(Sort.by("_id")).limit(max);
        return mongo.find(next, BatchResultDocument.class);
    }

    private static Criteria retried(BatchDocument batch, RetryTerms terms, int tier) {
        Criteria criteria =
                of(batch, tier).and("status").is(FAILED).and("retries").lt(terms.maxRetries());
        return terms.transientOnly() ? criteria.and("retryable").is(true) : criteria;
    }

    /** Has these objects done again in a tier, unless this run did them already. */
    void reopen(BatchDocument batch, int tier, List<String> objectIds, boolean counted) {
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
                BatchResultDocument.class);
    }

    Page<BatchResultDocument> failed(BatchDocument batch, ListFailedRequest wanted, ListQuery query) {
        return pages.find(
                BatchResultDocument.class,
                failures(batch, wanted.tierNum(), wanted.collectionId()),
                query,
                ListFailedRequest.FIELDS);
    }

    /** Removes what is known of these objects in all tiers. */
    void remove(BatchDocument batch, List<String> objectIds) {
        mongo.remove(query(BatchStore.of(batch).and("object_id").in(objectIds)), BatchResultDocument.class);
    }

    private static Criteria failures(BatchDocument batch, @Nullable Integer tier, @Nullable String collection) {
        Criteria criteria = (tier == null ? BatchStore.of(batch) : of(batch, tier))
                .and("status")
                .is(FAILED);
        return collection == null
                ? criteria
                : criteria.and("errors.collection_id").is(collection);
    }

    private static Criteria these(BatchDocument batch, int tier, List<String> objectIds) {
        return where("_id")
                .in(objectIds.stream()
                        .map(id -> BatchResultDocument.key(batch, tier, id))
                        .toList());
    }

    private static Criteria of(BatchDocument batch, int tier) {
        return BatchStore.of(batch).and("tier").is(tier);
    }
}
