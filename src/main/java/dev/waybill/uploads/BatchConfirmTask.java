package dev.waybill.uploads;

import dev.waybill.batches.BatchId;
import dev.waybill.batches.Batches;
import dev.waybill.buckets.BucketId;
import dev.waybill.objects.ObjectEvents;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.UploadConfirmation.Confirmed;
import dev.waybill.uploads.UploadConfirmation.Item;
import dev.waybill.uploads.verification.ConfirmExpectations;
import dev.waybill.uploads.verification.UploadMetrics;
import dev.waybill.uploads.verification.Verifier.Pace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/**
 * Task handler that confirms many uploads of a bucket: one read for all of them, parallel verification in storage, then
 * bulk writes. It is idempotent: an upload that has its outcome is reported with it.
 */
@Component
class BatchConfirmTask implements TaskHandler {

    static final String NAME = "uploads.batch-confirm";

    private static final Duration STORAGE_RETRY_DELAY = Duration.ofSeconds(5);
    private static final Duration MAX_STORAGE_WAIT = Duration.ofHours(1);
    /** All instances follow the database's clock, to within the latency of one of its responses. */
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(1);

    private final UploadStore store;
    private final UploadConfirmation confirmation;
    private final Batches batches;
    private final UploadMetrics metrics;
    private final InstantSource clock;
    private final EventOutbox outbox;

    BatchConfirmTask(
            UploadStore store,
            UploadConfirmation confirmation,
            Batches batches,
            UploadMetrics metrics,
            InstantSource clock,
            EventOutbox outbox) {
        this.store = store;
        this.confirmation = confirmation;
        this.batches = batches;
        this.metrics = metrics;
        this.clock = clock;
        this.outbox = outbox;
    }

    /** One item of the request. */
    private record Line(String uploadId, ConfirmExpectations expected) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    @Override
    public TaskOutcome run(TaskRun run) throws InterruptedException {
        List<Line> items = items(run.payload());
        ConfirmResult[] results = new ConfirmResult[items.size()];
        Map<Integer, UploadEntity> open = collectOpen(run, items, results);
        AtomicInteger verified = new AtomicInteger(items.size() - open.size());
        Pace pace = new Pace(true, run::canceled, () -> run.progress(verified.incrementAndGet(), items.size()));
        List<Confirmed> confirmed = confirmation.confirm(
                open.entrySet().stream()
                        .map(one ->
                                new Item(one.getValue(), items.get(one.getKey()).expected()))
                        .toList(),
                pace);
        if (run.canceled()) {
            return new TaskOutcome.Canceled();
        }
        int next = 0;
        for (int index : open.keySet()) {
            results[index] = result(confirmed.get(next++));
        }
        for (ConfirmResult result : results) {
            metrics.confirmed(result.succeeded() ? "completed" : "refused");
        }
        run.progress(verified.get(), items.size());
        boolean storageUnavailable = confirmed.stream()
                .anyMatch(one -> one instanceof Confirmed.Refused refused && refused.waitsForStorage());
        boolean retries = run.task().createdAt().plus(MAX_STORAGE_WAIT).isAfter(clock.instant());
        if (storageUnavailable && retries) {
            return new TaskOutcome.Later(STORAGE_RETRY_DELAY);
        }
        List<UploadEntity> stored = newlyStored(run, results);
        publishCreated(
                run, objects(stored.stream().filter(BatchConfirmTask::isOwn).toList()));
        return outcome(items, results, processing(run, objects(stored)));
    }

    /**
     * Submits one batch for the objects that this task created or changed, if that was requested. Its id is derived
     * from the task's, so that it stays one when the task is retried.
     */
    private Map<String, Object> processing(TaskRun run, List<ObjectId> objects) {
        if (!Boolean.TRUE.equals(run.payload().get("auto_submit_batch")) || objects.isEmpty()) {
            return Map.of();
        }
        BatchId id = new BatchId(BatchId.PREFIX + run.task().id().value().replace("-", ""));
        Task task = batches.process(run.task().scope(), bucket(run), id, objects);
        return Map.of("batch_id", id.value(), "batch_task_id", task.id().value());
    }

    private void publishCreated(TaskRun run, List<ObjectId> created) {
        if (!created.isEmpty()) {
            outbox.publish(List.of(ObjectEvents.createdTogether(
                    run.task().scope(), bucket(run), run.task().id().value(), created, clock.instant())));
        }
    }

    /** Uploads whose files this task stored in objects. */
    private List<UploadEntity> newlyStored(TaskRun run, ConfirmResult[] results) {
        // Those that this task completed in an earlier attempt count as well; clocks may differ a little.
        Instant since = run.task().createdAt().minus(CLOCK_SKEW);
        return Arrays.stream(results)
                .flatMap(result -> Optional.ofNullable(result.upload()).stream())
                .filter(upload -> upload.outcome().object() != null && isNew(upload, since))
                .toList();
    }

    private static List<ObjectId> objects(List<UploadEntity> uploads) {
        return uploads.stream()
                .flatMap(upload -> Optional.ofNullable(upload.outcome().object()).stream())
                .distinct()
                .toList();
    }

    /** Whether the file became an object of its own, instead of a part of one of the same unique key. */
    private static boolean isOwn(UploadEntity upload) {
        return upload.id().objectId().equals(upload.outcome().object());
    }

    private static BucketId bucket(TaskRun run) {
        return new BucketId(run.text("bucket_id"));
    }

    private static boolean isNew(UploadEntity upload, Instant since) {
        UploadEntity.Outcome outcome = upload.outcome();
        return upload.status() == TaskStatus.COMPLETED
                && !upload.isDuplicate()
                && !outcome.skippedUniqueKey()
                && outcome.batch() == null
                && outcome.completedAt() != null
                && outcome.completedAt().isAfter(since);
    }

    /** Fills in the results that need no verification, and returns the open uploads by their index. */
    private Map<Integer, UploadEntity> collectOpen(TaskRun run, List<Line> items, ConfirmResult[] results) {
        Scope scope = run.task().scope();
        BucketId bucket = bucket(run);
        Map<String, UploadEntity> found = new HashMap<>();
        List<UploadId> ids = items.stream()
                .map(Line::uploadId)
                .filter(UploadId::isValid)
                .distinct()
                .map(UploadId::new)
                .toList();
        store.findAll(scope, ids).forEach(upload -> found.put(upload.id().value(), upload));
        Map<String, Integer> seen = new HashMap<>();
        Map<Integer, UploadEntity> open = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            String id = items.get(i).uploadId();
            Integer first = seen.putIfAbsent(id, i);
            UploadEntity upload = found.get(id);
            if (first != null) {
                results[i] = ConfirmResult.refused(id, repeated(id, first), TaskStatus.FAILED);
            } else if (upload == null || !upload.bucket().equals(bucket)) {
                results[i] = ConfirmResult.refused(id, WaybillException.notFound("upload", id), TaskStatus.FAILED);
            } else if (upload.isOpen()) {
                open.put(i, upload);
            } else {
                results[i] = upload.status() == TaskStatus.COMPLETED
                        ? ConfirmResult.of(upload)
                        : ConfirmResult.refused(id, UploadConfirmation.notPending(upload), upload.status());
            }
        }
        return open;
    }

    private static ConfirmResult result(Confirmed confirmed) {
        return switch (confirmed) {
            case Confirmed.Completed completed -> ConfirmResult.of(completed.upload());
            case Confirmed.Failed failed -> refused(failed.upload(), failed.why());
            case Confirmed.Refused refused -> refused(refused.upload(), refused.why());
            case Confirmed.TooBig impossible -> throw new IllegalStateException("a task verifies files of any size");
        };
    }

    private static TaskOutcome outcome(List<Line> items, ConfirmResult[] results, Map<String, Object> more) {
        List<Object> outputs = new ArrayList<>();
        int failed = 0;
        for (ConfirmResult result : results) {
            outputs.add(result.fields());
            failed += result.succeeded() ? 0 : 1;
        }
        Map<String, Object> counts = new LinkedHashMap<>(more);
        counts.put("confirmed_count", items.size() - failed);
        counts.put("failed_count", failed);
        counts.put("total_count", items.size());
        if (failed == 0) {
            return new TaskOutcome.Completed(outputs, counts);
        }
        String error = "%d of %d uploads could not be confirmed; outputs say why".formatted(failed, items.size());
        return failed == items.size()
                ? new TaskOutcome.Failed(outputs, counts, error)
                : new TaskOutcome.CompletedWithErrors(outputs, counts, error);
    }

    private static ConfirmResult refused(UploadEntity upload, WaybillException why) {
        return ConfirmResult.refused(upload.id().value(), why, upload.status());
    }

    private static WaybillException repeated(String id, int first) {
        return new WaybillException(
                ErrorCode.CONFLICT,
                "Upload '%s' stands in this batch already, at place %d; only that one counts".formatted(id, first));
    }

    private static List<Line> items(Map<String, Object> payload) {
        List<Line> items = new ArrayList<>();
        if (payload.get("confirmations") instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof Map<?, ?> map) {
                    items.add(new Line(String.valueOf(map.get("upload_id")), ConfirmExpectations.of(map)));
                }
            }
        }
        return items;
    }
}
