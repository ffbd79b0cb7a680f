package dev.waybill.batches;

import static org.springframework.data.mongodb.core.query.Criteria.where;
import static org.springframework.data.mongodb.core.query.Query.query;

import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.Deletable;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.FindAndModifyOptions;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/**
 * Stores batches in MongoDB. Each change is one conditional write that returns whether it happened, so that of any
 * number of concurrent instances one wins.
 */
@Component
class BatchStore {

    private static final List<String> ACTIVE = List.of(TaskStatus.QUEUED.name(), TaskStatus.PROCESSING.name());
    private static final List<String> STOPPED = List.of(TaskStatus.CANCELED.name(), TaskStatus.FAILED.name());
    private static final List<String> OVER =
            List.of(TaskStatus.COMPLETED_WITH_ERRORS.name(), TaskStatus.FAILED.name(), TaskStatus.CANCELED.name());

    private static final List<String> ENDS = Stream.of(TaskStatus.values())
            .filter(TaskStatus::isFinal)
            .map(TaskStatus::name)
            .toList();

    private static final int PAGE = 500;

    private static final Fields FIELDS = Fields.builder().instant("created_at").build();

    private final MongoOperations mongo;
    private final MongoPages pages;

    BatchStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    /** Inserts a new hidden batch if absent; false when there is one of that id. */
    boolean insert(BatchEntity batch) {
        return MongoWrites.insert(mongo, batch);
    }

    void show(BatchEntity batch) {
        Query draft = query(notDeleted(batch.scope(), batch.id()).and("status").is(TaskStatus.DRAFT.name()));
        mongo.updateFirst(draft, new Update().unset("hidden"), BatchEntity.class);
    }

    Optional<BatchEntity> find(Scope scope, BatchId id) {
        return one(query(visible(scope, id)));
    }

    /** The same without its objects' ids, for work that reads it again with every object. */
    Optional<BatchEntity> findForWork(Scope scope, BatchId id) {
        return one(withoutIds(query(visible(scope, id))));
    }

    /** The same for reconciliation, also of what is half created. */
    Optional<BatchEntity> findEvenHidden(Scope scope, BatchId id) {
        return one(withoutIds(query(notDeleted(scope, id))));
    }

    Page<BatchEntity> list(Scope scope, BucketId bucket, @Nullable TaskStatus status, ListQuery query) {
        return pages.find(BatchEntity.class, listed(scope, bucket, status), query, FIELDS);
    }

    long count(Scope scope, BucketId bucket, @Nullable TaskStatus status) {
        return mongo.count(query(listed(scope, bucket, status)), BatchEntity.class);
    }

    /** Updates the objects of a draft; empty when it is none any more. */
    Optional<BatchEntity> objectsAdded(BatchEntity batch, List<String> objectIds, long count, Instant now) {
        return changed(
                visible(batch).and("status").is(TaskStatus.DRAFT.name()),
                new Update()
                        .set("object_ids", objectIds)
                        .set("object_count", count)
                        .set("updated_at", now));
    }

    Optional<BatchEntity> metadata(BatchEntity batch, Map<String, Object> metadata, Instant now) {
        return changed(
                visible(batch),
                new Update().set("metadata", JsonValues.toStored(metadata)).set("updated_at", now));
    }

    /** From DRAFT to QUEUED, with the planned tiers. */
    boolean submit(BatchEntity batch, List<Tier> tiers, long objects, TaskId task, Instant now) {
        Update queued = queued(tiers, task, now).set("object_count", objects).set("run", 1);
        return updated(visible(batch).and("status").is(TaskStatus.DRAFT.name()), queued);
    }

    /** From an end that was not COMPLETED to QUEUED, for another run. */
    boolean retry(
            BatchEntity batch, RetrySelection terms, String requestId, List<Tier> tiers, TaskId task, Instant now) {
        Update queued = queued(tiers, task, now)
                .set("run", batch.run() + 1)
                .set("retry", terms)
                .set("retried_by", requestId)
                .set("error_summary", Map.of())
                .unset("error");
        return updated(visible(batch).and("run").is(batch.run()).and("status").in(OVER), queued);
    }

    /** Whether it was this request that began the present run. */
    boolean wasRetriedBy(BatchEntity batch, String requestId) {
        return mongo.exists(query(visible(batch).and("retried_by").is(requestId)), BatchEntity.class);
    }

    private static Update queued(List<Tier> tiers, TaskId task, Instant now) {
        return new Update()
                .set("status", TaskStatus.QUEUED.name())
                .set("tiers", tiers)
                .set("current_tier", 0)
                .set("task_id", task.value())
                .set("updated_at", now)
                .unset("untold");
    }

    /** From QUEUED to PROCESSING. */
    boolean start(BatchEntity batch, Instant now) {
        return updated(
                visible(batch).and("run").is(batch.run()).and("status").is(TaskStatus.QUEUED.name()),
                new Update().set("status", TaskStatus.PROCESSING.name()).set("updated_at", now));
    }

    /** Updates the state of a tier, as long as the batch is in progress in this run, and the tier is not over. */
    boolean tier(BatchEntity batch, int number, Tier.State state, Instant now) {
        return updated(
                inProgress(batch).and("tiers." + number + ".state.status").nin(ENDS),
                new Update().set("tiers." + number + ".state", state).set("updated_at", now));
    }

    /** On to the next tier. */
    boolean advance(BatchEntity batch, int from, Instant now) {
        return updated(
                inProgress(batch).and("current_tier").is(from),
                new Update().set("current_tier", from + 1).set("updated_at", now));
    }

    /** Whether it exists and is in this run, in progress or not. */
    boolean isInRun(BatchEntity batch) {
        return mongo.exists(query(visible(batch).and("run").is(batch.run())), BatchEntity.class);
    }

    /** Whether it is in progress in this run. */
    boolean isInProgress(BatchEntity batch) {
        return mongo.exists(query(inProgress(batch)), BatchEntity.class);
    }

    /** From PROCESSING to its end. */
    boolean end(BatchEntity batch, TaskStatus as, @Nullable String error, Map<String, Long> summary, Instant now) {
        Update ended =
                new Update().set("status", as.name()).set("updated_at", now).set("error_summary", summary);
        if (error != null) {
            ended.set("error", error);
        }
        return updated(inProgress(batch), ended);
    }

    /**
     * From QUEUED or PROCESSING in this run to CANCELED, or to FAILED when there is an error. Its objects are to be
     * updated then.
     */
    boolean stop(BatchEntity batch, @Nullable String error, Instant now) {
        Update ended = new Update()
                .set("status", (error == null ? TaskStatus.CANCELED : TaskStatus.FAILED).name())
                .set("updated_at", now)
                .set("untold", true);
        if (error != null) {
            ended.set("error", error);
        }
        return updated(visible(batch).and("run").is(batch.run()).and("status").in(ACTIVE), ended);
    }

    /** Whether the status of its objects is still to be updated after it was stopped. */
    boolean hasObjectsToUpdate(BatchEntity batch) {
        return mongo.exists(query(stopped(batch).and("untold").is(true)), BatchEntity.class);
    }

    /** Their status is updated. */
    void objectsUpdated(BatchEntity batch) {
        updated(stopped(batch), new Update().unset("untold"));
    }

    private static Criteria stopped(BatchEntity batch) {
        return visible(batch).and("run").is(batch.run()).and("status").in(STOPPED);
    }

    /** @param bucket null for all of the namespace's */
    long removeAll(Scope scope, @Nullable BucketId bucket) {
        return mongo.remove(query(within(scope, bucket)), BatchEntity.class).getDeletedCount();
    }

    /**
     * Removes the objects and results of batches, page by page.
     *
     * @param bucket null for all of the namespace's
     * @param batch null for all of these
     * @param stop when it returns true, the rest stays
     * @return how many were removed
     */
    long removeParts(Scope scope, @Nullable BucketId bucket, @Nullable BatchId batch, BooleanSupplier stop) {
        Criteria which = within(scope, bucket);
        if (batch != null) {
            which.and("batch_id").is(batch.value());
        }
        return MongoWrites.removePaged(mongo, BatchItemEntity.COLLECTION, which, stop)
                + MongoWrites.removePaged(mongo, BatchResultEntity.COLLECTION, which, stop);
    }

    private Optional<BatchEntity> one(Query query) {
        return Optional.ofNullable(mongo.findOne(query, BatchEntity.class));
    }

    private static Query withoutIds(Query query) {
        query.fields().exclude("object_ids");
        return query;
    }

    private Optional<BatchEntity> changed(Criteria which, Update update) {
        return Optional.ofNullable(mongo.findAndModify(
                query(which), update, FindAndModifyOptions.options().returnNew(true), BatchEntity.class));
    }

    private boolean updated(Criteria which, Update update) {
        return mongo.updateFirst(query(which), update, BatchEntity.class).getMatchedCount() == 1;
    }

    private static Criteria inProgress(BatchEntity batch) {
        return visible(batch).and("run").is(batch.run()).and("status").is(TaskStatus.PROCESSING.name());
    }

    private static Criteria visible(BatchEntity batch) {
        return visible(batch.scope(), batch.id());
    }

    private static Criteria visible(Scope scope, BatchId id) {
        return notDeleted(scope, id).and("hidden").is(null);
    }

    private static Criteria notDeleted(Scope scope, BatchId id) {
        return where("_id").is(scope.key(id.value())).and(Deletable.MARK).is(null);
    }

    private static Criteria listed(Scope scope, BucketId bucket, @Nullable TaskStatus status) {
        Criteria criteria =
                within(scope, bucket).and("hidden").is(null).and(Deletable.MARK).is(null);
        return status == null ? criteria : criteria.and("status").is(status.name());
    }

    private static Criteria within(Scope scope, @Nullable BucketId bucket) {
        Criteria criteria = where("namespace_id").is(scope.namespace().value());
        return bucket == null ? criteria : criteria.and("bucket_id").is(bucket.value());
    }

    /** What belongs to a batch, in other collections than its own. */
    static Criteria of(BatchEntity batch) {
        return within(batch.scope(), null).and("batch_id").is(batch.batchId());
    }
}
