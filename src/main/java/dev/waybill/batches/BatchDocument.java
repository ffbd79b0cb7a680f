package dev.waybill.batches;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A {@link Batch} as it is stored.
 *
 * @param objectIds null where they were not asked for
 * @param hidden true while it is being made: it is there for nobody then
 * @param untold true when it was stopped, until its objects are told
 */
@Document(BatchDocument.COLLECTION)
@CompoundIndex(name = "bucket_list", def = "{namespace_id: 1, bucket_id: 1, hidden: 1, created_at: -1, _id: -1}")
@CompoundIndex(
        name = "bucket_status_list",
        def = "{namespace_id: 1, bucket_id: 1, hidden: 1, status: 1, created_at: -1, _id: -1}")
record BatchDocument(
        @Id String key,
        String namespaceId,
        String organizationId,
        String bucketId,
        String batchId,
        String status,
        @Nullable List<String> objectIds,
        long objectCount,
        Map<String, Object> metadata,
        int run,
        @Nullable String taskId,
        List<Tier> tiers,
        @Nullable Integer currentTier,
        Batch.@Nullable RetryTerms retry,
        @Nullable String error,
        Map<String, Long> errorSummary,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Boolean hidden,
        @Nullable Boolean untold) {

    static final String COLLECTION = "batches";

    static BatchDocument hidden(Batch batch) {
        Scope scope = batch.scope();
        TaskId task = batch.task();
        return new BatchDocument(
                scope.key(batch.id().value()),
                scope.namespace().value(),
                scope.organization().value(),
                batch.bucket().value(),
                batch.id().value(),
                batch.status().name(),
                batch.objectIds(),
                batch.objectCount(),
                JsonValues.toStored(batch.metadata()),
                batch.run(),
                task == null ? null : task.value(),
                batch.tiers(),
                batch.currentTier(),
                batch.retry(),
                batch.error(),
                batch.errorSummary(),
                batch.createdAt(),
                batch.updatedAt(),
                true,
                null);
    }

    Batch toBatch() {
        return new Batch(
                new BatchId(batchId),
                new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId)),
                new BucketId(bucketId),
                TaskStatus.valueOf(status),
                objectIds == null ? List.of() : objectIds,
                objectCount,
                JsonValues.fromStored(metadata),
                run,
                taskId == null ? null : new TaskId(taskId),
                tiers,
                currentTier,
                retry,
                error,
                errorSummary,
                createdAt,
                updatedAt);
    }
}
