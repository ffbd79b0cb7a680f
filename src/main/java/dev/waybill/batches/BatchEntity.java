package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.processing.BatchRef;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A batch as stored: objects of a bucket that go through the tiers together.
 *
 * @param objectIds the first of them; the rest is stored as {@link BatchItemEntity}s only. Empty when read for the
 *     work, which pages through those
 * @param objectCount how many there are in all
 * @param metadata as {@link dev.waybill.platform.mongo.JsonValues} stores it
 * @param run 0 for a draft, 1 once it was submitted, one more with each retry
 * @param taskId the task of this run; null for a draft
 * @param tiers what is to be done, as planned when the batch was submitted; empty for a draft
 * @param currentTier null for a draft
 * @param retry what the retry that began this run selected; null for the first run
 * @param hidden true while it is being created: no reader finds it then
 * @param untold true when it was stopped, until the status of its objects is updated
 */
@Document(BatchEntity.COLLECTION)
@CompoundIndex(name = "bucket_list", def = "{namespace_id: 1, bucket_id: 1, hidden: 1, created_at: -1, _id: -1}")
@CompoundIndex(
        name = "bucket_status_list",
        def = "{namespace_id: 1, bucket_id: 1, hidden: 1, status: 1, created_at: -1, _id: -1}")
record BatchEntity(
        @Id String key,
        NamespaceId namespaceId,
        OrganizationId organizationId,
        String bucketId,
        String batchId,
        TaskStatus status,
        List<String> objectIds,
        long objectCount,
        Map<String, Object> metadata,
        int run,
        @Nullable String taskId,
        List<Tier> tiers,
        @Nullable Integer currentTier,
        @Nullable RetrySelection retry,
        @Nullable String error,
        Map<String, Long> errorSummary,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Boolean hidden,
        @Nullable Boolean untold) {

    static final String COLLECTION = "batches";

    private static final int SAMPLE = 5;

    /** Name of the handler that runs the task of a run. */
    static final String HANDLER = "batches.process";

    BatchEntity {
        objectIds = Objects.requireNonNullElse(objectIds, List.of());
    }

    /** A new draft, still hidden. */
    static BatchEntity draft(Scope scope, BucketId bucket, BatchId id, List<String> named, long count, Instant now) {
        return new BatchEntity(
                scope.key(id.value()),
                scope.namespace(),
                scope.organization(),
                bucket.value(),
                id.value(),
                TaskStatus.DRAFT,
                named,
                count,
                Map.of(),
                0,
                null,
                List.of(),
                null,
                null,
                null,
                Map.of(),
                now,
                now,
                true,
                null);
    }

    BatchId id() {
        return new BatchId(batchId);
    }

    Scope scope() {
        return new Scope(organizationId, namespaceId);
    }

    BucketId bucket() {
        return new BucketId(bucketId);
    }

    BatchRef ref() {
        return new BatchRef(scope(), bucket(), batchId);
    }

    /** The task of this run; null for a draft. */
    @Nullable
    TaskId task() {
        return taskId == null ? null : new TaskId(taskId);
    }

    /** The current tier, the first one of a draft. */
    int tierInProgress() {
        return currentTier == null ? 0 : currentTier;
    }

    /** Whether it was submitted and has not ended. */
    boolean isActive() {
        return status == TaskStatus.QUEUED || status == TaskStatus.PROCESSING;
    }

    /** Whether it was stopped before it came to an end of its own. */
    boolean isStopped() {
        return status == TaskStatus.CANCELED || status == TaskStatus.FAILED;
    }

    /** Whether an event reports its end: it came to an end of its own, or failed. */
    boolean isReportable() {
        return run > 0 && status.isFinal() && status != TaskStatus.CANCELED;
    }

    /** Derived, so that a step repeated after a crash submits the same task. */
    TaskId taskOfRun(int number) {
        return taskOfRun(scope(), id(), number);
    }

    static TaskId taskOfRun(Scope scope, BatchId id, int number) {
        return derived(scope.key(id.value()), "batch", number, "");
    }

    TaskId taskOfTier(int tier) {
        return derived(key, "tier", run, String.valueOf(tier));
    }

    /**
     * @param objects all of the chunk; other chunks may begin with the same one, when the chunk size was changed
     * @param round 0 at first, one more for each time the chunk is dispatched again
     */
    TaskId taskOfChunk(int tier, List<String> objects, int round) {
        return derived(
                key,
                "chunk",
                run,
                "%d %s %s %d %d".formatted(tier, objects.getFirst(), objects.getLast(), objects.size(), round));
    }

    private static TaskId derived(String key, String kind, int number, String what) {
        return TaskId.derivedFrom("%s %s %d %s".formatted(kind, key, number, what));
    }

    /**
     * A task that does part of the work on it.
     *
     * @param payload what the handler needs beside the batch's id
     * @param additionalData shown to callers, beside the batch's id
     */
    NewTask work(
            TaskId id, TaskType type, String handler, Map<String, Object> payload, Map<String, Object> additionalData) {
        return new NewTask(
                id,
                organizationId,
                namespaceId,
                type,
                handler,
                withId(payload),
                List.of(batchId),
                withId(additionalData));
    }

    private Map<String, Object> withId(Map<String, Object> more) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("batch_id", batchId));
        all.putAll(more);
        return all;
    }

    /** The task of this run, which does all of it. */
    NewTask work(TaskId id) {
        return work(id, tiers);
    }

    /** @param found the tiers, where they are not stored yet */
    NewTask work(TaskId id, List<Tier> found) {
        Map<String, Object> additionalData = new LinkedHashMap<>();
        additionalData.put("bucket_id", bucketId);
        additionalData.put("job_id", id.value());
        additionalData.put("namespace_id", namespaceId.value());
        additionalData.put("object_count", objectCount);
        additionalData.put("sample_object_ids", objectIds.stream().limit(SAMPLE).toList());
        additionalData.put("current_tier", 0);
        additionalData.put("total_tiers", found.size());
        additionalData.put(
                "collection_ids",
                found.stream()
                        .flatMap(tier -> tier.collectionIds().stream())
                        .distinct()
                        .toList());
        return work(id, TaskType.API_BUCKETS_BATCHES_PROCESS, HANDLER, Map.of(), additionalData);
    }

    /**
     * 409 for what cannot be done with it in its status.
     *
     * @param why how the sentence goes on after the status
     */
    WaybillException conflict(String why) {
        return new WaybillException(
                ErrorCode.CONFLICT,
                "Batch '%s' is %s%s".formatted(batchId, status, why),
                Map.of("resource", "batch", "id", batchId, "status", status.name()));
    }
}
