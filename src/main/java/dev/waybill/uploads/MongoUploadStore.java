package dev.waybill.uploads;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import com.mongodb.client.result.UpdateResult;
import dev.waybill.buckets.BucketId;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Uploads in the collection {@code uploads}. */
@Component
class MongoUploadStore implements UploadStore {

    private static final Logger LOG = LoggerFactory.getLogger(MongoUploadStore.class);
    private static final int DUPLICATE_KEY = 11_000;
    private static final List<TaskStatus> OPEN = List.of(TaskStatus.PENDING, TaskStatus.PROCESSING);

    private final MongoOperations mongo;
    private final MongoPages pages;

    MongoUploadStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.pages = pages;
    }

    @Override
    public void insert(Upload upload) {
        try {
            mongo.insert(UploadDocument.of(upload));
        } catch (DuplicateKeyException thereAlready) {
            LOG.debug("Upload {} was kept before", upload.id());
        }
    }

    @Override
    public void insertAll(List<Upload> uploads) {
        try {
            mongo.bulkOps(BulkOperations.BulkMode.UNORDERED, UploadDocument.class)
                    .insert(uploads.stream().map(UploadDocument::of).toList())
                    .execute();
        } catch (BulkOperationException e) {
            if (!e.getErrors().stream().allMatch(error -> error.getCode() == DUPLICATE_KEY)) {
                throw e;
            }
        }
    }

    @Override
    public Optional<Upload> find(Scope scope, UploadId id) {
        return Optional.ofNullable(mongo.findById(scope.key(id.value()), UploadDocument.class))
                .map(UploadDocument::toUpload);
    }

    @Override
    public List<Upload> findAll(Scope scope, Collection<UploadId> ids) {
        List<String> keys = ids.stream().map(id -> scope.key(id.value())).toList();
        return read(Query.query(where("_id").in(keys)));
    }

    @Override
    public boolean complete(Completion completion) {
        Upload upload = completion.upload();
        boolean duplicate = completion.outcome().duplicateOf() != null;
        Query which = duplicate ? unmarked(upload.scope(), upload.id()) : open(upload);
        return won(mongo.updateFirst(which, completing(completion), UploadDocument.class));
    }

    @Override
    public void completeAll(List<Completion> completions) {
        if (completions.isEmpty()) {
            return;
        }
        BulkOperations bulk = mongo.bulkOps(BulkOperations.BulkMode.UNORDERED, UploadDocument.class);
        completions.forEach(completion -> bulk.updateOne(open(completion.upload()), completing(completion)));
        bulk.execute();
    }

    @Override
    public boolean startTask(Scope scope, UploadId id, TaskId task) {
        Query pending = Query.query(byKey(scope, id).and("status").is(TaskStatus.PENDING));
        Update processing = Update.update("status", TaskStatus.PROCESSING)
                .set("taskId", task.value())
                .unset("error");
        return won(mongo.updateFirst(pending, processing, UploadDocument.class));
    }

    @Override
    public boolean endTask(Scope scope, UploadId id, TaskId task, String error) {
        Query processing = Query.query(byKey(scope, id)
                .and("status")
                .is(TaskStatus.PROCESSING)
                .and("taskId")
                .is(task.value()));
        Update pending = Update.update("status", TaskStatus.PENDING).set("error", error);
        return won(mongo.updateFirst(processing, pending, UploadDocument.class));
    }

    @Override
    public boolean startPlacing(Scope scope, UploadId id, String by, Instant now, Instant staleBefore) {
        Criteria free = new Criteria()
                .orOperator(
                        where("placingBy").is(null),
                        where("placingBy").is(by),
                        where("placingAt").lt(staleBefore));
        Query mine = Query.query(byKey(scope, id).and("status").in(OPEN).andOperator(free));
        Update marked = Update.update("placingBy", by).set("placingAt", now);
        return mongo.updateFirst(mine, marked, UploadDocument.class).getMatchedCount() == 1;
    }

    @Override
    public boolean isPlacing(Scope scope, UploadId id, String by) {
        return mongo.exists(placing(scope, id, by), UploadDocument.class);
    }

    @Override
    public void stopPlacing(Scope scope, UploadId id, String by) {
        mongo.updateFirst(
                placing(scope, id, by), new Update().unset("placingBy").unset("placingAt"), UploadDocument.class);
    }

    private static Query placing(Scope scope, UploadId id, String by) {
        return Query.query(
                byKey(scope, id).and("status").in(OPEN).and("placingBy").is(by));
    }

    @Override
    public boolean fail(Scope scope, UploadId id, String error, Instant at, Instant sweepAt) {
        return won(mongo.updateFirst(
                unmarked(scope, id), failed(error, at).set("sweepAt", sweepAt), UploadDocument.class));
    }

    @Override
    public boolean failPlaced(
            Scope scope, UploadId id, String error, Instant at, Instant staleBefore, Instant sweepAt) {
        Query stale = Query.query(
                byKey(scope, id).and("status").in(OPEN).and("placingAt").lt(staleBefore));
        return won(mongo.updateFirst(stale, failed(error, at).set("sweepAt", sweepAt), UploadDocument.class));
    }

    private static Update failed(String error, Instant at) {
        return Update.update("status", TaskStatus.FAILED).set("error", error).set("completedAt", at);
    }

    @Override
    public boolean cancel(Scope scope, UploadId id, Instant at, @Nullable Instant sweepAt) {
        Update canceled = Update.update("status", TaskStatus.CANCELED).set("completedAt", at);
        if (sweepAt != null) {
            canceled.set("sweepAt", sweepAt);
        }
        return won(mongo.updateFirst(unmarked(scope, id), canceled, UploadDocument.class));
    }

    @Override
    public Page<Upload> list(Scope scope, BucketId bucket, ListQuery query) {
        return pages.find(UploadDocument.class, within(scope, bucket), query, UploadFields.FIELDS)
                .map(UploadDocument::toUpload);
    }

    @Override
    public UploadListStats stats(Scope scope, BucketId bucket, ListQuery query) {
        Document matched = pages.match(UploadDocument.class, within(scope, bucket), query, UploadFields.FIELDS);
        List<Document> groups = mongo.aggregate(
                        Aggregation.newAggregation(
                                context -> new Document("$match", matched),
                                Aggregation.group("status")
                                        .count()
                                        .as("uploads")
                                        .sum("file_size_bytes")
                                        .as("bytes")
                                        .avg("file_size_bytes")
                                        .as("mean")),
                        "uploads",
                        Document.class)
                .getMappedResults();
        return stats(groups);
    }

    @Override
    public List<Upload> expired(Instant before, int max) {
        return read(Query.query(where("status").in(OPEN).and("expiresAt").lt(before))
                .with(Sort.by("expiresAt"))
                .limit(max));
    }

    @Override
    public List<Upload> dueForSweep(Instant now, int max) {
        return read(
                Query.query(where("sweepAt").lte(now)).with(Sort.by("sweepAt")).limit(max));
    }

    @Override
    public void swept(Collection<Upload> uploads) {
        List<String> keys = uploads.stream()
                .map(upload -> upload.scope().key(upload.id().value()))
                .toList();
        mongo.updateMulti(Query.query(where("_id").in(keys)), new Update().unset("sweepAt"), UploadDocument.class);
    }

    @Override
    public List<Upload> page(Scope scope, BucketId bucket, int max) {
        return read(Query.query(within(scope, bucket)).limit(max));
    }

    @Override
    public void removeAll(Scope scope, Collection<UploadId> ids) {
        List<String> keys = ids.stream().map(id -> scope.key(id.value())).toList();
        mongo.remove(Query.query(where("_id").in(keys)), UploadDocument.class);
    }

    private List<Upload> read(Query query) {
        return mongo.find(query, UploadDocument.class).stream()
                .map(UploadDocument::toUpload)
                .toList();
    }

    private static UploadListStats stats(List<Document> groups) {
        Map<String, Long> byStatus = new LinkedHashMap<>();
        long count = 0;
        long bytes = 0;
        double sized = 0;
        for (Document group : groups) {
            long uploads = number(group, "uploads").longValue();
            long sum = number(group, "bytes").longValue();
            double mean = number(group, "mean").doubleValue();
            byStatus.put(group.getString("_id"), uploads);
            count += uploads;
            bytes += sum;
            sized += mean > 0 ? sum / mean : 0;
        }
        return new UploadListStats(count, bytes, byStatus, sized > 0 ? bytes / sized : 0, count > 0 ? 1 : 0);
    }

    private static Number number(Document group, String field) {
        return group.get(field) instanceof Number number ? number : 0;
    }

    private static Update completing(Completion completion) {
        Upload.Outcome outcome = completion.outcome();
        Update update = Update.update("status", TaskStatus.COMPLETED).unset("error");
        set(update, "fileSizeBytes", outcome.sizeBytes());
        set(update, "etag", outcome.etag());
        set(update, "fileHash", outcome.hash());
        set(update, "verification", outcome.evidence());
        set(
                update,
                "objectId",
                outcome.object() == null ? null : outcome.object().value());
        if (outcome.batch() != null) {
            update.set("batchId", outcome.batch().value());
            set(update, "taskId", outcome.task() == null ? null : outcome.task().value());
        }
        set(
                update,
                "duplicateOfUploadId",
                outcome.duplicateOf() == null ? null : outcome.duplicateOf().value());
        set(update, "skippedUniqueKey", outcome.skippedUniqueKey() ? true : null);
        set(update, "message", outcome.message());
        set(update, "verifiedAt", outcome.verifiedAt());
        set(update, "completedAt", outcome.completedAt());
        set(update, "sweepAt", completion.sweepAt());
        return update;
    }

    private static void set(Update update, String field, @Nullable Object value) {
        if (value != null) {
            update.set(field, value);
        }
    }

    private static Query open(Upload upload) {
        return open(upload.scope(), upload.id());
    }

    private static Query open(Scope scope, UploadId id) {
        return Query.query(byKey(scope, id).and("status").in(OPEN));
    }

    private static Query unmarked(Scope scope, UploadId id) {
        return Query.query(
                byKey(scope, id).and("status").in(OPEN).and("placingBy").is(null));
    }

    private static Criteria byKey(Scope scope, UploadId id) {
        return where("_id").is(scope.key(id.value()));
    }

    private static Criteria within(Scope scope, BucketId bucket) {
        return where("namespaceId")
                .is(scope.namespace().value())
                .and("bucketId")
                .is(bucket.value());
    }

    private static boolean won(UpdateResult result) {
        return result.getModifiedCount() == 1;
    }
}
