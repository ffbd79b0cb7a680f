package dev.waybill.batches;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.springframework.stereotype.Component;

/**
 * Task that takes a batch from tier to tier. It never waits: each time it is run it does what can be done now, and
 * reschedules itself. Every step is conditional on the stored state of the batch, so any instance may do the next one.
 */
@Component
class BatchTask implements TaskHandler {

    private static final int PAGE = 500;
    private static final String LOST = "The work on a tier was given up after repeated failures. Retry the batch.";

    private final BatchStore store;
    private final BatchResultStore results;
    private final Tasks tasks;
    private final BatchReconciler reconciler;
    private final BatchEvents events;
    private final BatchProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    BatchTask(
            BatchStore store,
            BatchResultStore results,
            Tasks tasks,
            BatchReconciler reconciler,
            BatchEvents events,
            BatchProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.store = store;
        this.results = results;
        this.tasks = tasks;
        this.reconciler = reconciler;
        this.events = events;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public String name() {
        return BatchEntity.HANDLER;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    @Override
    public TaskOutcome run(TaskRun run) {
        while (!run.canceled()) {
            Optional<BatchEntity> found = BatchTaskPayload.batch(store, run);
            if (found.isEmpty() || !run.task().id().equals(found.get().task())) {
                return new TaskOutcome.Canceled();
            }
            BatchEntity batch = found.get();
            if (batch.status() == TaskStatus.QUEUED) {
                reopen(batch, run::canceled);
                faults.reach("batches.reopened");
                if (run.canceled()) {
                    return new TaskOutcome.Canceled();
                }
                store.start(batch, clock.instant());
                faults.reach("batches.started");
            } else if (batch.status() != TaskStatus.PROCESSING) {
                events.publishEnd(batch);
                return outcome(batch);
            } else {
                Optional<Duration> wait = advance(batch, run);
                if (wait.isPresent()) {
                    return new TaskOutcome.Later(wait.get());
                }
            }
        }
        return new TaskOutcome.Canceled();
    }

    /**
     * Reopens what a retry is to process again: the failed objects of the tiers that it selects, and the same objects
     * in all tiers above, because they read what is made anew. The tiers above go first and the failure itself last, so
     * that a crash in between leaves it to be found again. What this run did already stays as it is: a late worker
     * reopens nothing.
     */
    void reopen(BatchEntity batch, BooleanSupplier stop) {
        RetrySelection terms = batch.retry();
        if (terms == null) {
            return;
        }
        for (Tier tier : batch.tiers()) {
            if (terms.selects(tier)) {
                reopen(batch, terms, tier.number(), stop);
            }
        }
    }

    private void reopen(BatchEntity batch, RetrySelection terms, int tier, BooleanSupplier stop) {
        String last = null;
        while (!stop.getAsBoolean()) {
            List<BatchResultEntity> page = results.toRetryAfter(batch, terms, tier, last, PAGE);
            if (page.isEmpty()) {
                return;
            }
            List<String> ids = page.stream().map(BatchResultEntity::objectId).toList();
            for (int above = batch.tiers().size() - 1; above > tier; above--) {
                results.reopen(batch, above, ids, false);
            }
            results.reopen(batch, tier, ids, true);
            last = ids.getLast();
        }
    }

    /** One step; empty when the next one can be done at once, else how long to wait for it. */
    private Optional<Duration> advance(BatchEntity batch, TaskRun run) {
        int number = batch.tierInProgress();
        Tier tier = batch.tiers().get(number);
        run.progress(number, batch.tiers().size(), Map.of("current_tier", number));
        if (tier.state().status().isFinal()) {
            if (number + 1 < batch.tiers().size() && tier.state().status() != TaskStatus.FAILED) {
                store.advance(batch, number, clock.instant());
                faults.reach("batches.advanced");
            } else {
                run.progress(batch.tiers().size(), batch.tiers().size(), Map.of("current_tier", number));
                end(batch);
            }
            return Optional.empty();
        }
        Task task = tasks.submit(tierTask(batch, tier));
        switch (task.status()) {
            case CANCELED -> reconciler.stop(batch, null);
            case FAILED, COMPLETED, COMPLETED_WITH_ERRORS -> {
                // Its state is final too then, unless it was given up.
                boolean givenUp = store.findForWork(batch.scope(), batch.id())
                        .map(now -> !now.tiers().get(number).state().status().isFinal())
                        .orElse(false);
                if (givenUp) {
                    reconciler.stop(batch, LOST);
                }
            }
            default -> {
                return Optional.of(properties.poll(tier.state().age(clock.instant())));
            }
        }
        return Optional.empty();
    }

    private static NewTask tierTask(BatchEntity batch, Tier tier) {
        Map<String, Object> additionalData = new LinkedHashMap<>();
        additionalData.put("bucket_id", batch.bucketId());
        additionalData.put("tier_num", tier.number());
        if (!tier.collectionIds().isEmpty()) {
            additionalData.put("collection_ids", tier.collectionIds());
        }
        return batch.work(
                batch.taskOfTier(tier.number()),
                TaskType.ENGINE_FEATURE_EXTRACTOR_RUN,
                TierTask.NAME,
                Map.of("run", batch.run(), "tier", tier.number()),
                additionalData);
    }

    private void end(BatchEntity batch) {
        long objects = 0;
        long failed = 0;
        boolean worked = false;
        Map<String, Long> summary = new TreeMap<>();
        for (Tier tier : batch.tiers()) {
            TierSummary tierSummary = tier.state().tally();
            if (tierSummary != null) {
                objects = Math.max(objects, tierSummary.objects());
                failed += tierSummary.failed();
                worked |= tierSummary.documents() > 0
                        || tierSummary.objects() > tierSummary.failed() + tierSummary.skipped();
                tierSummary.errorSummary().forEach((category, count) -> summary.merge(category, count, Long::sum));
            }
        }
        TaskStatus as =
                failed == 0 ? TaskStatus.COMPLETED : worked ? TaskStatus.COMPLETED_WITH_ERRORS : TaskStatus.FAILED;
        String error = failed == 0
                ? null
                : "%d failures among %d objects; failed-documents says which and why".formatted(failed, objects);
        store.end(batch, as, error, summary, clock.instant());
        faults.reach("batches.ended");
    }

    private static TaskOutcome outcome(BatchEntity batch) {
        List<Object> outputs = List.of(Map.of(
                "batch_id", batch.batchId(), "status", batch.status().name(), "object_count", batch.objectCount()));
        Map<String, Object> additionalData =
                batch.errorSummary().isEmpty() ? Map.of() : Map.of("error_summary", batch.errorSummary());
        String error = batch.error();
        String message = error == null ? "The batch ended as %s".formatted(batch.status()) : error;
        return switch (batch.status()) {
            case COMPLETED -> new TaskOutcome.Completed(outputs, additionalData);
            case COMPLETED_WITH_ERRORS -> new TaskOutcome.CompletedWithErrors(outputs, additionalData, message);
            case FAILED -> new TaskOutcome.Failed(outputs, additionalData, message);
            default -> new TaskOutcome.Canceled();
        };
    }
}
