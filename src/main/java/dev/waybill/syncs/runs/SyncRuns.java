package dev.waybill.syncs.runs;

import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.syncs.runs.SyncEntity.Current;
import dev.waybill.syncs.runs.SyncRunEntity.Effort;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.runs.SyncRunEntity.Listing;
import dev.waybill.syncs.settings.RunMode;
import dev.waybill.syncs.settings.SyncProperties;
import dev.waybill.syncs.settings.Trigger;
import dev.waybill.tasks.NewTask;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.tasks.TaskType;
import dev.waybill.tasks.Tasks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Starts and cancels runs. The conditional write of the sync's current run decides first, so that of concurrent starts
 * one wins; the run document and its task are derived from it, and {@link SyncCheck} creates them again after a crash.
 */
@Component
class SyncRuns {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String WATCH = "watch";

    private final SyncStore syncs;
    private final SyncRunStore runs;
    private final RunCompletion completion;
    private final SyncWakeUp wakeUp;
    private final Tasks tasks;
    private final SyncProperties properties;
    private final IdGenerator ids;
    private final FaultPoints faults;
    private final InstantSource clock;

    SyncRuns(
            SyncStore syncs,
            SyncRunStore runs,
            RunCompletion completion,
            SyncWakeUp wakeUp,
            Tasks tasks,
            SyncProperties properties,
            IdGenerator ids,
            FaultPoints faults,
            InstantSource clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.completion = completion;
        this.wakeUp = wakeUp;
        this.tasks = tasks;
        this.properties = properties;
        this.ids = ids;
        this.faults = faults;
        this.clock = clock;
    }

    /**
     * Starts a run. When this returns, it will be worked on.
     *
     * @return its id, which is also its task's
     * @throws WaybillException 409 when one is in progress, with its id, or none may be started
     */
    UUID start(SyncEntity sync, Trigger trigger, RunMode mode) {
        UUID id = ids.nextUuid();
        RunMode whole = sync.settings().full() ? RunMode.FULL : mode;
        wakeUp.in(sync, properties.watchAfter());
        SyncEntity begun = syncs.begin(sync, new Current(id.toString(), trigger, whole, clock.instant(), null))
                .or(() -> syncs.find(sync.key()).filter(now -> isCurrent(now, id.toString())))
                .orElseThrow(() -> refusal(sync));
        faults.reach("sync.begun");
        submit(begun);
        return id;
    }

    /** The same, but ignores that one is in progress already, or that none may be started any more. */
    void startIfIdle(SyncEntity sync, Trigger trigger) {
        try {
            start(sync, trigger, RunMode.INCREMENTAL);
        } catch (WaybillException others) {
            if (others.code() != ErrorCode.CONFLICT) {
                throw others;
            }
        }
    }

    private static boolean isCurrent(SyncEntity sync, String run) {
        return sync.current() != null && sync.current().run().equals(run);
    }

    private WaybillException refusal(SyncEntity sync) {
        SyncEntity now = syncs.find(sync.key()).orElseThrow(() -> WaybillException.notFound("sync", sync.syncId()));
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("resource", "sync");
        details.put("id", sync.syncId());
        Current current = now.current();
        if (current != null) {
            details.put("sync_job_id", current.run());
            details.put("sync_run_id", current.run());
            return new WaybillException(
                    ErrorCode.CONFLICT,
                    "A run of this sync goes already ('%s'); wait for it, or cancel it".formatted(current.run()),
                    details);
        }
        String why = now.paused() != null ? "paused; resume it first" : "not active; set is_active first";
        return now.isRunnable()
                ? new WaybillException(ErrorCode.CONFLICT, "A run of this sync has just ended; try again", details)
                : new WaybillException(ErrorCode.CONFLICT, "The sync is %s".formatted(why), details);
    }

    /** Creates the run document and the task, if absent. */
    private Task submit(SyncEntity sync) {
        Current current = current(sync);
        runs.insert(newRun(sync, current));
        faults.reach("sync.run-stored");
        Map<String, Object> additionalData = new LinkedHashMap<>();
        additionalData.put("sync_config_id", sync.syncId());
        additionalData.put("sync_run_id", current.run());
        additionalData.put("bucket_id", sync.bucketId());
        additionalData.put("trigger", current.trigger().wire());
        return tasks.submit(new NewTask(
                new TaskId(current.run()),
                sync.organizationId(),
                sync.namespaceId(),
                TaskType.API_BUCKETS_OBJECTS_CREATE,
                SyncTask.HANDLER,
                Map.of(SyncTask.KEY, sync.key()),
                List.of(sync.syncId()),
                additionalData));
    }

    private static Current current(SyncEntity sync) {
        Current current = sync.current();
        if (current == null) {
            throw new IllegalStateException("no run of %s is in progress".formatted(sync.key()));
        }
        return current;
    }

    private static SyncRunEntity newRun(SyncEntity sync, Current current) {
        SyncEntity.Resume resume = sync.resume();
        String from = resume == null || current.mode() == RunMode.FULL ? null : resume.cursor();
        return new SyncRunEntity(
                sync.scope().key(current.run()),
                sync.organizationId(),
                sync.namespaceId(),
                sync.bucketId(),
                sync.syncId(),
                sync.key(),
                current.run(),
                sync.connectionId(),
                sync.provider(),
                sync.settings().selection(),
                null,
                current.trigger(),
                current.mode(),
                TaskStatus.PENDING,
                0,
                0,
                current.startedAt(),
                null,
                Listing.from(from),
                Effort.NONE,
                null,
                0,
                null,
                List.of());
    }

    /** Recovers the run in progress after a crash: creates what is missing, or ends the run if its task has ended. */
    void reconcile(SyncEntity sync) {
        Task task = submit(sync);
        if (task.status().isFinal()) {
            abandon(sync, current(sync).run(), task.status());
        }
    }

    /**
     * Ends a run whose task ended before it. Workers that may still be active are fenced off before its files are
     * counted.
     */
    private void abandon(SyncEntity sync, String id, TaskStatus task) {
        Optional<SyncEntity> claimed = syncs.claim(sync.key(), id, WATCH);
        Optional<SyncRunEntity> run = runs.find(sync, id);
        if (claimed.isEmpty() || run.isEmpty()) {
            return;
        }
        SyncRunEntity fenced = runs.fenceOff(run.get(), claimed.get().fence()).orElse(run.get());
        Failure abandoned =
                new Failure(ErrorCode.INTERNAL.name(), "The run was given up after repeated failures", true);
        try {
            completion.end(
                    claimed.get(),
                    fenced,
                    task == TaskStatus.CANCELED
                            ? RunCompletion.Wanted.CANCELED
                            : RunCompletion.Wanted.failed(abandoned));
        } catch (FencedException another) {
            wakeUp.in(sync, SOON); // another worker is ending it concurrently
        }
    }

    /**
     * Cancels a run: it stops between two files, or in the middle of one, which stays unchanged. A run that has ended
     * is returned as it is.
     *
     * @return the run in its current state
     * @throws WaybillException 404 when the sync has no such run
     */
    SyncRunEntity cancel(SyncEntity sync, String run) {
        SyncRunEntity found = runs.find(sync, run).orElseThrow(() -> WaybillException.notFound("sync_run", run));
        if (found.endedAt() != null) {
            return found;
        }
        @Nullable
        Task task = tasks.cancel(sync.organizationId(), new TaskId(run)).orElse(null);
        if (task == null || task.status().isFinal()) {
            syncs.find(sync.key()).filter(now -> isCurrent(now, run)).ifPresent(this::reconcile);
        } else {
            wakeUp.in(sync, SOON);
        }
        return runs.find(sync, run).orElse(found);
    }
}
