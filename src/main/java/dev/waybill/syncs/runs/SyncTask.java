package dev.waybill.syncs.runs;

import dev.waybill.connectors.SourceException;
import dev.waybill.platform.errors.ErrorCategory;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.StorageException;
import dev.waybill.syncs.runs.RunCompletion.Wanted;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.runs.SyncRunEntity.Listing;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.RetryPolicy;
import dev.waybill.tasks.TaskHandler;
import dev.waybill.tasks.TaskOutcome;
import dev.waybill.tasks.TaskRun;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Task that works on a run of a sync: claims it, walks its listing, ends it. */
@Component
class SyncTask implements TaskHandler {

    static final String HANDLER = "syncs.run";
    static final String KEY = "sync_key";

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration STORAGE_RETRY_DELAY = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int WORKER_DIGITS = 12;

    private final SyncStore syncs;
    private final SyncRunStore runs;
    private final LedgerStore ledger;
    private final RunWorker work;
    private final RunCompletion completion;
    private final SyncWakeUp wakeUp;
    private final SyncMetrics metrics;
    private final SyncProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;
    private final String worker;

    SyncTask(
            SyncStore syncs,
            SyncRunStore runs,
            LedgerStore ledger,
            RunWorker work,
            RunCompletion completion,
            SyncWakeUp wakeUp,
            SyncMetrics metrics,
            SyncProperties properties,
            FaultPoints faults,
            IdGenerator ids,
            InstantSource clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.ledger = ledger;
        this.work = work;
        this.completion = completion;
        this.wakeUp = wakeUp;
        this.metrics = metrics;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
        this.worker = ids.nextHex("worker_", WORKER_DIGITS);
    }

    @Override
    public String name() {
        return HANDLER;
    }

    @Override
    public RetryPolicy retries() {
        return RetryPolicy.STANDARD;
    }

    @Override
    public boolean isLong() {
        return true;
    }

    @Override
    public int mostOfOneOrganization() {
        return properties.runsPerOrganization();
    }

    @Override
    public TaskOutcome run(TaskRun task) throws InterruptedException {
        String id = task.task().id().value();
        Optional<SyncEntity> sync = syncs.find(task.text(KEY));
        Optional<SyncRunEntity> run = sync.flatMap(found -> runs.find(found, id));
        if (sync.isEmpty() || run.isEmpty()) {
            return new TaskOutcome.Canceled(); // it was deleted
        }
        if (run.get().endedAt() != null) {
            return outcome(completion.end(sync.get(), run.get(), Wanted.BY_ITS_FILES));
        }
        Optional<SyncEntity> claimed = syncs.claim(sync.get().key(), id, worker);
        if (claimed.isEmpty()) {
            return asItEnded(sync.get(), id, Long.MAX_VALUE);
        }
        faults.reach("sync.taken-up");
        recordLag(claimed.get(), run.get());
        try {
            return work(task, claimed.get(), run.get());
        } catch (FencedException another) {
            return asItEnded(claimed.get(), id, claimed.get().fence());
        }
    }

    /**
     * A former worker may have ended the run just before this claim, too late to complete its task.
     *
     * @param fence a worker with a higher one completes the task itself
     */
    private TaskOutcome asItEnded(SyncEntity sync, String id, long fence) {
        return runs.find(sync, id)
                .filter(run -> run.endedAt() != null && run.fence() <= fence)
                .map(run -> outcome(completion.end(sync, run, Wanted.BY_ITS_FILES)))
                .orElseGet(TaskOutcome.Canceled::new);
    }

    /** Recorded once for each run, at its first claim. */
    private void recordLag(SyncEntity sync, SyncRunEntity run) {
        Instant due = sync.nextSyncAt();
        if (run.trigger() == Trigger.SCHEDULE && run.attempts() == 0 && due != null) {
            metrics.recordLag(Duration.between(due, clock.instant()));
        }
    }

    private TaskOutcome work(TaskRun task, SyncEntity sync, SyncRunEntity run) throws InterruptedException {
        try {
            RunWorker.Result result = work.go(task, sync, run);
            return conclude(sync, result.run(), result.halted());
        } catch (SourceException refused) {
            return outcome(completion.end(sync, run, Wanted.failed(PageWalk.failure(refused))));
        } catch (WaybillException refused) {
            ErrorCategory category = refused.code().category();
            if (category == ErrorCategory.UNAVAILABLE || category == ErrorCategory.STORAGE) {
                throw refused;
            }
            Failure failure = new Failure(refused.code().name(), refused.getMessage(), false);
            return outcome(completion.end(sync, run, Wanted.failed(failure)));
        }
    }

    private TaskOutcome conclude(SyncEntity sync, SyncRunEntity run, HaltReason.@Nullable Reason halted) {
        return switch (halted) {
            case null -> outcome(completion.end(sync, run, requestedEnd(sync, run)));
            case HaltReason.Reason.Canceled canceled -> {
                wakeUp.in(sync, SOON);
                yield new TaskOutcome.Canceled();
            }
            case HaltReason.Reason.Fenced fenced -> new TaskOutcome.Canceled();
            case HaltReason.Reason.Away away -> {
                Duration absence = properties.absence(away.retryAfter());
                runs.warn(
                        run,
                        "The source asked for patience, and was left alone for %d minutes before the run went on"
                                .formatted(absence.plus(MINUTE).minusNanos(1).toMinutes()));
                yield new TaskOutcome.Later(absence);
            }
            case HaltReason.Reason.Failed failed -> outcome(completion.end(sync, run, Wanted.failed(failed.failure())));
            case HaltReason.Reason.Broken broken -> {
                if (broken.cause() instanceof StorageException away && away.passes()) {
                    yield new TaskOutcome.Later(STORAGE_RETRY_DELAY);
                }
                throw broken.cause();
            }
        };
    }

    /** An empty listing after files were synced is treated as an error of the source. */
    private Wanted requestedEnd(SyncEntity sync, SyncRunEntity run) {
        Listing listing = run.listing();
        boolean isEmpty = listing.complete() && listing.listed() == 0 && listing.markers() == 0;
        if (!isEmpty || !ledger.hasSynced(sync.key())) {
            return Wanted.BY_ITS_FILES;
        }
        runs.warn(
                run,
                "The listing shows no file, though files were synced before; nothing was deleted. Check the path and what the"
                        + " credentials may list");
        return new Wanted(TaskStatus.COMPLETED_WITH_ERRORS, null);
    }

    private static TaskOutcome outcome(SyncRunEntity run) {
        SyncRunEntity.Outcomes outcomes = run.result();
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("sync_run_id", run.runId());
        output.put("status", run.status().name());
        output.put("listed", run.listing().listed());
        output.put("created", outcomes.created());
        output.put("updated", outcomes.updated());
        output.put("failed", outcomes.failed() + outcomes.quarantined());
        output.put("bytes", outcomes.bytes());
        List<Object> outputs = List.of(output);
        return switch (run.status()) {
            case COMPLETED -> new TaskOutcome.Completed(outputs, Map.of());
            case COMPLETED_WITH_ERRORS ->
                new TaskOutcome.CompletedWithErrors(
                        outputs, Map.of(), "Not every file was synced; the sync's ledger says which and why");
            case FAILED ->
                new TaskOutcome.Failed(
                        outputs,
                        Map.of(),
                        run.failure() == null ? "The run failed" : run.failure().message());
            default -> new TaskOutcome.Canceled();
        };
    }
}
