package dev.waybill.syncs.runs;

import static org.springframework.data.mongodb.core.aggregation.Aggregation.group;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.match;
import static org.springframework.data.mongodb.core.aggregation.Aggregation.newAggregation;
import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.syncs.runs.LedgerEntity.Outcome;
import dev.waybill.syncs.runs.LedgerEntity.State;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.FindAndReplaceOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Repository of sync ledgers in MongoDB. Rows are fenced: only the worker with the highest fencing token writes. */
@Component
class LedgerStore {

    private static final String STATE = "state";
    private static final String REASON = "reason";
    private static final String RUN = "finished.run";
    private static final String SOURCE_KEY = "source_key";
    private static final String SYNC = "sync_key";
    private static final String FENCE = "fence";
    private static final String WANTED = "wanted";

    private final MongoOperations mongo;
    private final MongoPages pages;

    LedgerStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    Page<LedgerEntity> page(String syncKey, LedgerFilter filter, ListQuery query, Fields fields) {
        return pages.find(LedgerEntity.class, within(syncKey, filter), query, fields);
    }

    static Criteria within(String syncKey, LedgerFilter filter) {
        Criteria within = of(syncKey);
        if (filter.state() != null) {
            within = within.and(STATE).is(filter.state());
        }
        if (filter.reason() != null) {
            within = within.and(REASON).is(filter.reason());
        }
        if (filter.keyPrefix() != null) {
            within = within.and(SOURCE_KEY).regex("^" + Pattern.quote(filter.keyPrefix()));
        }
        if (filter.run() != null) {
            within = within.and(RUN).is(filter.run());
        }
        return within;
    }

    /** By the source key; of several files with the same key, the latest. */
    Optional<LedgerEntity> find(String syncKey, String sourceKey) {
        Query latest = query(of(syncKey).and(SOURCE_KEY).is(sourceKey))
                .with(Sort.by(Sort.Order.desc("updated_at")))
                .limit(1);
        return Optional.ofNullable(mongo.findOne(latest, LedgerEntity.class));
    }

    /** The existing rows, by source id; one query. */
    Map<String, LedgerEntity> rows(String syncKey, Collection<String> sourceIds) {
        Map<String, LedgerEntity> rows = new HashMap<>();
        if (!sourceIds.isEmpty()) {
            List<String> keys =
                    sourceIds.stream().map(id -> LedgerEntity.key(syncKey, id)).toList();
            mongo.find(query(where("_id").in(keys)), LedgerEntity.class).forEach(row -> rows.put(row.sourceId(), row));
        }
        return rows;
    }

    /**
     * Writes rows of a run in one round trip, each conditionally.
     *
     * @return false on a conflict: a row has a higher fence, was first inserted concurrently, or was requested again
     *     since it was read. Whoever still holds the run continues with {@link #requeuedSince}
     */
    boolean write(Collection<LedgerEntity> rows) {
        if (rows.isEmpty()) {
            return true;
        }
        BulkOperations bulk = mongo.bulkOps(BulkOperations.BulkMode.UNORDERED, LedgerEntity.class);
        for (LedgerEntity row : rows) {
            Query mine = query(where("_id")
                    .is(row.key())
                    .and(FENCE)
                    .lte(row.fence())
                    .and(WANTED)
                    .is(row.wanted()));
            bulk.replaceOne(mine, row, FindAndReplaceOptions.options().upsert());
        }
        return MongoWrites.taken(bulk).isEmpty();
    }

    /** The same rows; those that were requested again since they were read are queued. */
    List<LedgerEntity> requeuedSince(Collection<LedgerEntity> rows) {
        Query these = query(where("_id").in(rows.stream().map(LedgerEntity::key).toList()));
        Map<String, Long> requests = new HashMap<>();
        mongo.find(these, LedgerEntity.class).forEach(row -> requests.put(row.key(), row.wanted()));
        return rows.stream()
                .map(row -> {
                    long now = requests.getOrDefault(row.key(), row.wanted());
                    return now == row.wanted() ? row : row.requeued(now);
                })
                .toList();
    }

    /**
     * Queues failed and quarantined files for the next run, with their attempts reset.
     *
     * @param sourceKeys null for all
     * @return the number of queued files
     */
    long requeue(String syncKey, @Nullable Collection<String> sourceKeys, Instant now) {
        Criteria which = failed(syncKey);
        return queued(sourceKeys == null ? which : which.and(SOURCE_KEY).in(sourceKeys), now);
    }

    /** The keys among the given ones whose files {@link #requeue} would queue. */
    Set<String> failed(String syncKey, Collection<String> sourceKeys) {
        return keys(failed(syncKey), sourceKeys);
    }

    /** The keys among the given ones that have rows. */
    Set<String> known(String syncKey, Collection<String> sourceKeys) {
        return keys(of(syncKey), sourceKeys);
    }

    private Set<String> keys(Criteria which, Collection<String> sourceKeys) {
        return Set.copyOf(mongo.findDistinct(
                query(which.and(SOURCE_KEY).in(sourceKeys)), SOURCE_KEY, LedgerEntity.class, String.class));
    }

    private static Criteria failed(String syncKey) {
        return of(syncKey).and(STATE).in(State.QUARANTINED.name(), State.FAILED.name());
    }

    /**
     * Queues the files of these keys for another copy by the next run, whatever their state.
     *
     * @return the number of queued files
     */
    long replay(String syncKey, Collection<String> sourceKeys, Instant now) {
        return queued(of(syncKey).and(SOURCE_KEY).in(sourceKeys), now);
    }

    private long queued(Criteria which, Instant now) {
        return mongo.updateMulti(query(which), queuing(now).inc(WANTED, 1), LedgerEntity.class)
                .getModifiedCount();
    }

    private static Update queuing(Instant now) {
        return new Update()
                .set(STATE, State.QUEUED.name())
                .set("attempts", 0)
                .set("updated_at", now)
                .unset(REASON)
                .unset("detail");
    }

    /**
     * Reverts rows that a worker wrote after another one had claimed the run, unless that one has counted them: the
     * files are queued again.
     *
     * @param fence fencing token of the worker that wrote them
     */
    void withdraw(Collection<LedgerEntity> rows, String run, long fence, Instant now) {
        List<String> keys = rows.stream().map(LedgerEntity::key).toList();
        Criteria mine = where("_id").in(keys).and(RUN).is(run).and(FENCE).is(fence);
        // Objects that the run created did not exist before it, and are found again by their derived ids.
        Criteria created = where("finished.outcome").is(Outcome.CREATED.name());
        mongo.updateMulti(
                query(new Criteria().andOperator(mine, created)),
                queuing(now).unset("finished").unset("settled"),
                LedgerEntity.class);
        mongo.updateMulti(query(mine), queuing(now).unset("finished"), LedgerEntity.class);
    }

    /** Files that a run is to retry, on request or after a failure in an earlier run; unordered. */
    List<LedgerEntity> waiting(String syncKey, String run, int max) {
        Criteria which = of(syncKey)
                .orOperator(
                        where(STATE).is(State.QUEUED.name()),
                        where(STATE).is(State.FAILED.name()).and("last_run").ne(run));
        return mongo.find(query(which).limit(max), LedgerEntity.class);
    }

    /** Files that a run quarantined for that reason; unordered. */
    List<LedgerEntity> quarantined(String syncKey, String run, String reason, int max) {
        Criteria which = of(syncKey)
                .and(RUN)
                .is(run)
                .and(STATE)
                .is(State.QUARANTINED.name())
                .and(REASON)
                .is(reason);
        return mongo.find(query(which).limit(max), LedgerEntity.class);
    }

    /** Whether any file was ever synced. */
    boolean hasSynced(String syncKey) {
        return mongo.exists(query(of(syncKey).and(STATE).is(State.SYNCED.name())), LedgerEntity.class);
    }

    /** The outcomes of a run so far. */
    Outcomes outcomes(String syncKey, String run) {
        return outcomes(of(syncKey).and(RUN).is(run));
    }

    /**
     * The final outcomes of a run. Raises the fence of its rows first, so that rows which former workers write later
     * are not counted, and are recognized by their lower fence.
     *
     * @param fence fencing token of the worker that ends it
     */
    Outcomes close(String syncKey, String run, long fence) {
        mongo.updateMulti(
                query(of(syncKey).and(RUN).is(run).and(FENCE).lt(fence)),
                new Update().set(FENCE, fence),
                LedgerEntity.class);
        return outcomes(of(syncKey).and(RUN).is(run).and(FENCE).is(fence));
    }

    private Outcomes outcomes(Criteria which) {
        Map<Outcome, Document> found = new EnumMap<>(Outcome.class);
        mongo.aggregate(
                        newAggregation(
                                match(which),
                                group("finished.outcome")
                                        .count()
                                        .as("files")
                                        .sum("finished.bytes")
                                        .as("bytes")),
                        LedgerEntity.COLLECTION,
                        Document.class)
                .forEach(group -> found.put(Outcome.valueOf(group.getString("_id")), group));
        return new Outcomes(
                number(found, Outcome.CREATED, "files"),
                number(found, Outcome.UPDATED, "files"),
                number(found, Outcome.DUPLICATE, "files"),
                number(found, Outcome.SKIPPED, "files"),
                number(found, Outcome.FAILED, "files"),
                number(found, Outcome.QUARANTINED, "files"),
                found.values().stream()
                        .mapToLong(group -> group.get("bytes", Number.class).longValue())
                        .sum());
    }

    private static long number(Map<Outcome, Document> found, Outcome outcome, String field) {
        Document group = found.get(outcome);
        return group == null ? 0 : group.get(field, Number.class).longValue();
    }

    /** A page of the rows that a run created or updated, ordered by source key, after the given one. */
    List<LedgerEntity> createdOrUpdated(String syncKey, String run, @Nullable LedgerEntity after, int max) {
        Criteria which =
                of(syncKey).and(RUN).is(run).and("finished.outcome").in(Outcome.CREATED.name(), Outcome.UPDATED.name());
        if (after != null) {
            which = which.orOperator(
                    where(SOURCE_KEY).gt(after.sourceKey()),
                    where(SOURCE_KEY).is(after.sourceKey()).and("_id").gt(after.key()));
        }
        return mongo.find(query(which).with(Sort.by(SOURCE_KEY, "_id")).limit(max), LedgerEntity.class);
    }

    private static Criteria of(String syncKey) {
        return where(SYNC).is(syncKey);
    }
}
