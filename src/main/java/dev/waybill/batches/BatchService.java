package dev.waybill.batches;

import dev.waybill.buckets.Bucket;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.lists.PaginationResponse;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.Tasks;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for batches. */
@Component
class BatchService {

    private static final String TYPE = "batch";
    private static final int LOOKED_UP_AT_ONCE = 500;
    private static final int MAX_NAMED = 100;

    private final BatchStore store;
    private final BatchResultStore results;
    private final Batches batches;
    private final BatchDeletion deletion;
    private final BatchReconciler reconciler;
    private final BatchEvents events;
    private final ResultRecorder resultRecorder;
    private final Objects objects;
    private final Tasks tasks;
    private final IdGenerator ids;
    private final FaultPoints faults;
    private final InstantSource clock;

    BatchService(
            BatchStore store,
            BatchResultStore results,
            Batches batches,
            BatchDeletion deletion,
            BatchReconciler reconciler,
            BatchEvents events,
            ResultRecorder resultRecorder,
            Objects objects,
            Tasks tasks,
            IdGenerator ids,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.results = results;
        this.batches = batches;
        this.deletion = deletion;
        this.reconciler = reconciler;
        this.events = events;
        this.resultRecorder = resultRecorder;
        this.objects = objects;
        this.tasks = tasks;
        this.ids = ids;
        this.faults = faults;
        this.clock = clock;
    }

    BatchResponse create(Bucket bucket, List<String> objectIds, boolean skipValidation) {
        BatchId id = new BatchId(ids.next(BatchId.PREFIX));
        Optional<BatchEntity> existing = ids.isRepeating() ? store.find(bucket.scope(), id) : Optional.empty();
        return BatchResponse.of(existing.orElseGet(() -> {
            validate(bucket, objectIds, skipValidation);
            return batches.create(bucket.scope(), bucket.id(), id, objectIds);
        }));
    }

    BatchResponse add(Bucket bucket, BatchId id, List<String> objectIds, boolean skipValidation) {
        BatchEntity batch = require(bucket, id);
        validate(bucket, objectIds, skipValidation);
        return BatchResponse.of(batches.add(batch, objectIds));
    }

    BatchResponse get(Bucket bucket, BatchId id) {
        return BatchResponse.of(require(bucket, id));
    }

    private BatchEntity require(Bucket bucket, BatchId id) {
        return store.find(bucket.scope(), id)
                .filter(batch -> batch.bucket().equals(bucket.id()))
                .orElseThrow(() -> WaybillException.notFound(TYPE, id.value()));
    }

    ListBatchesResponse list(Bucket bucket, @Nullable TaskStatus status, ListQuery query) {
        Page<BatchEntity> page = store.list(bucket.scope(), bucket.id(), status, query);
        return new ListBatchesResponse(
                page.items().stream().map(BatchResponse::of).toList(),
                PaginationResponse.of(page),
                store.count(bucket.scope(), bucket.id(), status));
    }

    /** @param metadata null changes nothing */
    BatchResponse patch(Bucket bucket, BatchId id, @Nullable Map<String, Object> metadata) {
        BatchEntity batch = require(bucket, id);
        return BatchResponse.of(
                metadata == null
                        ? batch
                        : store.metadata(batch, metadata, clock.instant())
                                .orElseThrow(() -> WaybillException.notFound(TYPE, id.value())));
    }

    void delete(Bucket bucket, BatchId id) {
        BatchEntity batch = require(bucket, id);
        resultRecorder.updateStopped(batch);
        events.republishEnd(batch);
        if (batch.isActive() || !deletion.begin(batch)) {
            throw require(bucket, id).conflict(": it is at work and cannot be deleted; cancel it first.");
        }
    }

    Task submit(Bucket bucket, BatchId id) {
        return batches.submit(require(bucket, id));
    }

    /** The batch is canceled first: no worker begins another object then. Canceling what is over changes nothing. */
    Task cancel(Bucket bucket, BatchId id) {
        BatchEntity batch = require(bucket, id);
        TaskId task = batch.task();
        if (task == null) {
            throw batch.conflict(": it was not submitted, so there is nothing to cancel; delete it instead.");
        }
        if (reconciler.stop(batch, null)) {
            faults.reach("batches.canceled");
            for (Tier tier : batch.tiers()) {
                tasks.cancel(batch.organizationId(), batch.taskOfTier(tier.number()));
            }
        }
        if (store.find(batch.scope(), id).map(BatchEntity::status).orElse(TaskStatus.CANCELED) == TaskStatus.CANCELED) {
            tasks.cancel(batch.organizationId(), task);
        }
        return tasks.submit(batch.work(task));
    }

    RetryBatchResponse retry(Bucket bucket, BatchId id, RetryBatchRequest request) {
        RetrySelection terms = request.terms();
        BatchEntity batch = require(bucket, id);
        String requestId = ids.next("retry_");
        if (ids.isRepeating() && store.wasRetriedBy(batch, requestId)) {
            // The request crashed after this step, and is run again: its run is this one.
            TaskId task = batch.task();
            if (task != null) {
                tasks.submit(batch.work(task));
            }
            return RetryBatchResponse.of(batch, task, request.mode(), countToRetry(batch, terms));
        }
        boolean over = batch.status().isFinal();
        if (!over) {
            throw batch.conflict(": it is not over yet, so there is nothing to retry.");
        }
        long count = countToRetry(batch, terms);
        if (count == 0 && (!batch.isStopped() || isWhole(batch))) {
            return RetryBatchResponse.of(batch, null, request.mode(), 0);
        }
        if (!batches.retry(batch, terms, requestId)) {
            throw require(bucket, id).conflict(": it is being retried already.");
        }
        BatchEntity queued = require(bucket, id);
        return RetryBatchResponse.of(queued, queued.task(), request.mode(), count);
    }

    private long countToRetry(BatchEntity batch, RetrySelection terms) {
        return batch.tiers().stream()
                .filter(terms::selects)
                .mapToLong(tier -> results.countToRetry(batch, terms, tier.number()))
                .sum();
    }

    /** Whether every tier has ended. */
    private static boolean isWhole(BatchEntity batch) {
        return batch.tiers().stream().allMatch(tier -> tier.state().status().isFinal());
    }

    BatchLogsResponse logs(Bucket bucket, BatchId id, @Nullable Integer tier) {
        return BatchLogsResponse.of(require(bucket, id), tier);
    }

    FailedDocumentsResponse failed(Bucket bucket, BatchId id, ListFailedRequest request, ListQuery query) {
        BatchEntity batch = require(bucket, id);
        return FailedDocumentsResponse.of(batch, results.failed(batch, request, query));
    }

    private void validate(Bucket bucket, List<String> objectIds, boolean skipValidation) {
        List<ObjectId> formed =
                objectIds.stream().flatMap(id -> ObjectId.parse(id).stream()).toList();
        Set<String> known = new HashSet<>();
        if (skipValidation) {
            formed.forEach(id -> known.add(id.value()));
        }
        for (int from = 0; from < formed.size() && !skipValidation; from += LOOKED_UP_AT_ONCE) {
            List<ObjectId> part = formed.subList(from, Math.min(formed.size(), from + LOOKED_UP_AT_ONCE));
            objects.bucketsOf(bucket.scope(), part).forEach((id, in) -> {
                if (in.equals(bucket.id())) {
                    known.add(id.value());
                }
            });
        }
        List<String> unknown =
                objectIds.stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            List<String> named = unknown.stream().distinct().limit(MAX_NAMED).toList();
            throw new WaybillException(
                    ErrorCode.BAD_REQUEST,
                    "object_ids: %d of them are no objects of bucket '%s': %s%s"
                            .formatted(
                                    unknown.size(),
                                    bucket.name(),
                                    named.stream().limit(10).collect(Collectors.joining(", ")),
                                    unknown.size() > 10 ? ", ..." : ""),
                    Map.of("field", "object_ids", "unknown", named, "unknown_count", unknown.size()));
        }
    }
}
