package dev.waybill.uploads;

import static org.springframework.data.mongodb.core.query.Criteria.where;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.UploadCompletion.UploadRef;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.mongo.MongoPages;
import dev.waybill.platform.mongo.MongoWrites;
import dev.waybill.platform.mongo.WriteOutcome;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.data.mongodb.core.aggregation.Aggregation;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Component;

/** Uploads in the MongoDB collection {@code uploads}. */
@Component
class MongoUploadStore implements UploadStore {

    private static final List<TaskStatus> OPEN = List.of(TaskStatus.PENDING, TaskStatus.PROCESSING);

    private final MongoOperations mongo;
    private final MongoWrites writes;
    private final MongoPages pages;

    MongoUploadStore(MongoOperations mongo, MongoPages pages) {
        this.mongo = mongo;
        this.writes = new MongoWrites(mongo);
        this.pages = pages;
    }

    @Override
    public void insertAll(List<UploadEntity> uploads) {
        retryUnknown(
                "the upload was made",
                () -> writes.insertAll(UploadEntity.class, uploads).stream()
                        .filter(outcome -> outcome == WriteOutcome.UNKNOWN)
                        .findFirst()
                        .orElse(WriteOutcome.DONE));
    }

    @Override
    public Optional<UploadEntity> find(Scope scope, UploadId id) {
        return findAll(scope, List.of(id)).stream().findFirst();
    }

    @Override
    public List<UploadEntity> findAll(Scope scope, Collection<UploadId> ids) {
        return read(Query.query(byIds(scope, ids)));
    }

    @Override
    public List<UploadEntity> open(Collection<UploadRef> uploads) {
        List<String> keys =
                uploads.stream().map(one -> one.scope().key(one.uploadId())).toList();
        List<String> namespaces = uploads.stream()
                .map(one -> one.scope().namespace().value())
                .distinct()
                .toList();
        return keys.isEmpty()
                ? List.of()
                : read(Query.query(Criteria.where("namespace_id")
                        .in(namespaces)
                        .and("_id")
                        .in(keys)
                        .and("status")
                        .in(OPEN)));
    }

    @Override
    public List<UploadEntity> completeAll(List<Settled> ends) {
        Map<Query, Update> updates = new LinkedHashMap<>();
        ends.forEach(end -> updates.put(open(end.upload()), settling(end)));
        if (retryUnknown("the upload has its end", () -> writes.updateAll(UploadEntity.class, updates))
                == WriteOutcome.DONE) {
            return ends.stream().map(Settled::stored).toList();
        }
        Scope scope = ends.getFirst().upload().scope();
        return findAll(scope, ends.stream().map(end -> end.upload().id()).toList());
    }

    @Override
    public boolean startTask(Scope scope, UploadId id, TaskId task) {
        Query pending = Query.query(byKey(scope, id).and("status").is(TaskStatus.PENDING));
        Update processing = Update.update("status", TaskStatus.PROCESSING)
                .set("task_id", task.value())
                .unset("error");
        return retryUnknown("its task was started", () -> writes.update(UploadEntity.class, pending, processing))
                == WriteOutcome.DONE;
    }

    @Override
    public boolean endTask(Scope scope, UploadId id, TaskId task, String error) {
        Query processing = Query.query(byKey(scope, id)
                .and("status")
                .is(TaskStatus.PROCESSING)
                .and("task_id")
                .is(task.value()));
        Update pending = Update.update("status", TaskStatus.PENDING).set("error", error);
        return retryUnknown("its task has ended", () -> writes.update(UploadEntity.class, processing, pending))
                == WriteOutcome.DONE;
    }

    @Override
    public Optional<UploadEntity> renew(UploadEntity renewed, Instant expiredSince) {
        Query pending = Query.query(byKey(renewed.scope(), renewed.id())
                .and("status")
                .is(TaskStatus.PENDING)
                .and("expires_at")
                .gte(expiredSince)
                .lt(renewed.expiresAt()));
        Update later = Update.update("expires_at", renewed.expiresAt())
                .set("presigned_url_expiration", renewed.file().urlSeconds());
        retryUnknown("the upload has more time", () -> writes.update(UploadEntity.class, pending, later));
        return find(renewed.scope(), renewed.id());
    }

    @Override
    public Page<UploadEntity> list(Scope scope, BucketId bucket, ListQuery query) {
        return pages.find(UploadEntity.class, within(scope, bucket), query, ListUploadsRequest.FIELDS);
    }

    @Override
    public UploadListStats stats(Scope scope, BucketId bucket, ListQuery query) {
        Document matched = pages.match(UploadEntity.class, within(scope, bucket), query, ListUploadsRequest.FIELDS);
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
    public List<UploadEntity> expired(Instant before, @Nullable UploadEntity after, int max) {
        Criteria expired = where("status").in(OPEN).and("expires_at").lt(before);
        Criteria next = after == null
                ? expired
                : expired.orOperator(
                        where("expires_at").gt(after.expiresAt()),
                        where("expires_at").is(after.expiresAt()).and("_id").gt(after.key()));
        return read(Query.query(next).with(Sort.by("expires_at", "_id")).limit(max));
    }

    @Override
    public List<UploadEntity> reserving(OrganizationId organization) {
        return read(Query.query(where("organization_id")
                .is(organization.value())
                .and(UploadEntity.RESERVED)
                .exists(true)));
    }

    @Override
    public List<UploadEntity> page(Scope scope, BucketId bucket, int max) {
        return read(Query.query(within(scope, bucket)).limit(max));
    }

    @Override
    public void removeAll(Scope scope, Collection<UploadId> ids) {
        mongo.remove(Query.query(byIds(scope, ids)), UploadEntity.class);
    }

    /** Retries once when the response was lost: conditional writes leave what the first attempt wrote unchanged. */
    private static WriteOutcome retryUnknown(String what, Supplier<WriteOutcome> write) {
        WriteOutcome outcome = write.get();
        if (outcome == WriteOutcome.UNKNOWN) {
            outcome = write.get();
        }
        if (outcome == WriteOutcome.UNKNOWN) {
            throw WaybillException.tryAgain(
                    "The database did not answer in time, and whether %s is not known. Try again.".formatted(what));
        }
        return outcome;
    }

    private List<UploadEntity> read(Query query) {
        return mongo.find(query, UploadEntity.class);
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

    /**
     * Sets all stored fields, but keeps the id of a task that was started meanwhile, unless the outcome has one of its
     * own, and the expiry of a fresh URL that was issued meanwhile.
     */
    private Update settling(Settled end) {
        Document fields = writes.stored(end.stored());
        List.of("_id", "expires_at", "presigned_url_expiration").forEach(fields::remove);
        if (end.outcome().batch() == null) {
            fields.remove("task_id");
        }
        Update update = Update.fromDocument(new Document("$set", fields));
        if (end.upload().file().reserved() != null) {
            update.unset(UploadEntity.RESERVED);
        }
        return end.outcome().error() == null ? update.unset("error") : update;
    }

    private static Query open(UploadEntity upload) {
        return Query.query(byKey(upload.scope(), upload.id()).and("status").in(OPEN));
    }

    private static Criteria byKey(Scope scope, UploadId id) {
        return in(scope).and("_id").is(scope.key(id.value()));
    }

    private static Criteria byIds(Scope scope, Collection<UploadId> ids) {
        return in(scope)
                .and("_id")
                .in(ids.stream().map(id -> scope.key(id.value())).toList());
    }

    private static Criteria in(Scope scope) {
        return where("namespace_id").is(scope.namespace().value());
    }

    private static Criteria within(Scope scope, BucketId bucket) {
        return in(scope).and("bucket_id").is(bucket.value());
    }
}
