package dev.waybill.syncs.runs;

import static java.util.Objects.requireNonNull;

import dev.waybill.connections.ConnectionId;
import dev.waybill.connections.Connections;
import dev.waybill.connectors.Diagnosis;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.syncs.runs.SyncEntity.Pause;
import dev.waybill.syncs.runs.SyncEntity.Resume;
import dev.waybill.syncs.runs.SyncEntity.Totals;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.syncs.runs.SyncRunEntity.Listing;
import dev.waybill.syncs.runs.SyncRunEntity.Outcomes;
import dev.waybill.syncs.settings.Schedule;
import dev.waybill.syncs.settings.SyncMode;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Completes runs. A run's outcomes are counted from the ledger, which has one row per file, and written with the run;
 * then one write adds them to the sync and clears its current run. Both are idempotent after a crash: the first outcome
 * that was written stays, and totals are added once.
 *
 * <p>What a crash after each step leaves, and who recovers it: {@link SyncCheck}, which polls while a sync has a
 * current run, or the task, which is reclaimed when its worker's lease expires:
 *
 * <table>
 * <caption>Steps</caption>
 * <tr><th>Step, by its fault point</th><th>What is left</th><th>Who recovers</th></tr>
 * <tr><td>sync.begun</td><td>a current run without document and task</td><td>the check creates both</td></tr>
 * <tr><td>sync.run-stored</td><td>a run without a task</td><td>the check submits it</td></tr>
 * <tr><td>sync.taken-up</td><td>a fence without a worker</td><td>the task, with the next fence</td></tr>
 * <tr><td>sync.page-listed</td><td>nothing</td><td>the task lists the page again</td></tr>
 * <tr><td>sync.bytes-stored</td><td>orphaned bytes</td><td>the task copies the file again; garbage collection removes
 * the bytes</td></tr>
 * <tr><td>sync.objects-written</td><td>objects without ledger rows</td><td>the task copies the files again and finds
 * the objects under their derived ids; the second copies are deleted</td></tr>
 * <tr><td>sync.rows-written</td><td>a page with all its rows, before the checkpoint</td><td>the task lists it again and
 * finds its rows finished by this run</td></tr>
 * <tr><td>sync.checkpoint-moved</td><td>a partial listing</td><td>the task continues at the checkpoint</td></tr>
 * <tr><td>sync.batch-submitted</td><td>some batches</td><td>the task submits them all: their ids are derived</td></tr>
 * <tr><td>sync.run-ended</td><td>a completed run that is still the sync's current one</td><td>the task, or the check,
 * clears it</td></tr>
 * <tr><td>sync.released</td><td>no event emitted, and the next run not scheduled</td><td>the task emits it again, under
 * the same id; the check polls anyway</td></tr>
 * <tr><td>sync.told</td><td>an incomplete task</td><td>the task, with the run's outcome</td></tr>
 * </table>
 */
@Component
class RunCompletion {

    /** So many failed runs in a row suspend a sync. */
    static final int MAX_FAILURES = 5;

    private static final int MAX_ERROR = 1000;
    private static final int AT_ONCE = 100;

    private final SyncStore syncs;
    private final SyncRunStore runs;
    private final LedgerStore ledger;
    private final SyncBatches batches;
    private final SyncEvents events;
    private final SyncWakeUp wakeUp;
    private final SyncMetrics metrics;
    private final Connections connections;
    private final FaultPoints faults;
    private final InstantSource clock;

    RunCompletion(
            SyncStore syncs,
            SyncRunStore runs,
            LedgerStore ledger,
            SyncBatches batches,
            SyncEvents events,
            SyncWakeUp wakeUp,
            SyncMetrics metrics,
            Connections connections,
            FaultPoints faults,
            InstantSource clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.ledger = ledger;
        this.batches = batches;
        this.events = events;
        this.wakeUp = wakeUp;
        this.metrics = metrics;
        this.connections = connections;
        this.faults = faults;
        this.clock = clock;
    }

    /** How a run is to end. @param status null to derive it from the outcomes of its files */
    record Wanted(@Nullable TaskStatus status, @Nullable Failure failure) {

        static final Wanted BY_ITS_FILES = new Wanted(null, null);
        static final Wanted CANCELED = new Wanted(TaskStatus.CANCELED, null);

        static Wanted failed(Failure failure) {
            return new Wanted(TaskStatus.FAILED, failure);
        }
    }

    /**
     * Ends a run, or continues an end that was already written, which any worker may.
     *
     * @param sync with the fencing token of the worker that ends it
     * @return the run as it ended
     * @throws FencedException when it is not ended, and another worker has claimed it
     */
    SyncRunEntity end(SyncEntity sync, SyncRunEntity run, Wanted wanted) {
        SyncRunEntity ended = run;
        if (run.endedAt() == null) {
            requireHeld(sync, run);
            if (wanted.failure() != null) {
                failInsteadOfQuarantine(sync, run, wanted.failure());
            }
            Outcomes outcomes = ledger.close(sync.key(), run.runId(), sync.fence());
            long submitted = batches.submit(sync, run);
            TaskStatus status = wanted.status() == null ? statusOf(outcomes) : wanted.status();
            ended = runs.end(run, sync.fence(), status, outcomes, submitted, wanted.failure(), clock.instant())
                    .orElseThrow(FencedException::new);
            faults.reach("sync.run-ended");
        }
        release(sync, ended);
        return ended;
    }

    private void requireHeld(SyncEntity sync, SyncRunEntity run) {
        if (!syncs.holds(sync.key(), run.runId(), sync.fence())) {
            throw new FencedException();
        }
    }

    /**
     * Files that this run quarantined for a failure of the whole source are marked as failed instead, so that the next
     * run retries them.
     */
    private void failInsteadOfQuarantine(SyncEntity sync, SyncRunEntity run, Failure failure) {
        if (diagnosis(failure)
                .filter(cause -> cause.reach() != Diagnosis.Reach.FILE)
                .isEmpty()) {
            return;
        }
        List<LedgerEntity> some = ledger.quarantined(sync.key(), run.runId(), failure.code(), AT_ONCE);
        while (!some.isEmpty()) {
            Instant now = clock.instant();
            List<LedgerEntity> failed = some.stream()
                    .map(row -> row.writtenBy(sync, run.runId(), now)
                            .in(LedgerEntity.State.FAILED, row.reason(), row.detail())
                            .after(0)
                            .finishing(LedgerEntity.Outcome.FAILED, 0))
                    .toList();
            if (!ledger.write(failed)) {
                requireHeld(sync, run);
            }
            some = ledger.quarantined(sync.key(), run.runId(), failure.code(), AT_ONCE);
        }
    }

    private static TaskStatus statusOf(Outcomes outcomes) {
        return outcomes.failed() + outcomes.quarantined() == 0
                ? TaskStatus.COMPLETED
                : TaskStatus.COMPLETED_WITH_ERRORS;
    }

    private void release(SyncEntity sync, SyncRunEntity run) {
        Instant endedAt = requireNonNull(run.endedAt());
        if (clearCurrentRun(sync.key(), run, endedAt)) {
            faults.reach("sync.released");
            metrics.ended(run);
            reportToConnection(run, endedAt);
        }
        syncs.find(sync.key()).ifPresent(now -> {
            events.ended(now, run);
            wakeUp.next(now);
        });
        faults.reach("sync.told");
    }

    /**
     * Clears the current run of the sync; retries when callers change the sync concurrently.
     *
     * @return false when it was cleared before
     */
    private boolean clearCurrentRun(String sync, SyncRunEntity run, Instant endedAt) {
        while (true) {
            Optional<SyncEntity> now = syncs.find(sync)
                    .filter(found ->
                            found.current() != null && found.current().run().equals(run.runId()));
            if (now.isEmpty()) {
                return false;
            }
            if (syncs.end(now.get(), run.runId(), ending(now.get(), run, endedAt))
                    .isPresent()) {
                return true;
            }
        }
    }

    private SyncStore.RunEnd ending(SyncEntity sync, SyncRunEntity run, Instant now) {
        Outcomes outcomes = run.result();
        Totals more = new Totals(run.listing().listed(), outcomes.synced(), outcomes.quarantined(), outcomes.bytes());
        SyncStore.RunEnd plain = new SyncStore.RunEnd(
                more,
                run.batches(),
                SyncBatches.latest(run),
                resume(sync, run, outcomes),
                sync.failures(),
                sync.lastError(),
                sync.lastSyncAt(),
                null,
                null,
                sync.isRunnable() ? later(sync, sync.failures(), run, now) : null,
                now);
        return switch (run.status()) {
            case FAILED -> failed(plain, sync, run, now);
            case CANCELED -> plain;
            default -> succeeded(plain, sync, run, now, isOver(sync, run, outcomes));
        };
    }

    private static @Nullable Resume resume(SyncEntity sync, SyncRunEntity run, Outcomes outcomes) {
        Listing listing = run.listing();
        Failure failure = run.failure();
        boolean broken = failure != null && failure.code().equals(Diagnosis.BROKEN_LISTING.name());
        String cursor = listing.cursor();
        boolean other = !run.selection().equals(sync.settings().selection());
        return cursor == null || broken || other ? null : new Resume(cursor, listing.lastKey(), outcomes.synced());
    }

    /**
     * Whether a one-time sync is complete: it is not while files have failed, are pending at the source or are
     * requested again.
     */
    private boolean isOver(SyncEntity sync, SyncRunEntity run, Outcomes outcomes) {
        return sync.settings().syncMode() == SyncMode.INITIAL_ONLY
                && run.selection().equals(sync.settings().selection())
                && run.listing().complete()
                && run.listing().pending() == 0
                && outcomes.failed() == 0
                && ledger.waiting(sync.key(), run.runId(), 1).isEmpty();
    }

    private static SyncStore.RunEnd succeeded(
            SyncStore.RunEnd plain, SyncEntity sync, SyncRunEntity run, Instant now, boolean over) {
        TaskStatus status = over ? TaskStatus.COMPLETED : TaskStatus.ACTIVE;
        Instant next = run.listing().capped() ? now : later(sync, 0, run, now);
        return new SyncStore.RunEnd(
                plain.more(),
                plain.batches(),
                plain.latestBatches(),
                plain.resume(),
                0,
                null,
                now,
                sync.paused() == null ? status : null,
                null,
                over || !sync.isRunnable() ? null : next,
                now);
    }

    private static SyncStore.RunEnd failed(SyncStore.RunEnd plain, SyncEntity sync, SyncRunEntity run, Instant now) {
        Failure failure = run.failure();
        String message = failure == null ? "The run failed" : failure.message();
        int failures = sync.failures() + 1;
        boolean paused = sync.paused() != null;
        boolean suspends = !paused && failures >= MAX_FAILURES;
        String reason = failure == null ? "failed too often" : failure.code();
        TaskStatus status = suspends ? TaskStatus.SUSPENDED : TaskStatus.FAILED;
        return new SyncStore.RunEnd(
                plain.more(),
                plain.batches(),
                plain.latestBatches(),
                plain.resume(),
                failures,
                message.substring(0, Math.min(message.length(), MAX_ERROR)),
                sync.lastSyncAt(),
                paused ? null : status,
                suspends ? new Pause(reason, now, null) : null,
                suspends || !sync.isRunnable() ? null : later(sync, failures, run, now),
                now);
    }

    /** Due by the start of the run, but not before now. */
    private static Instant later(SyncEntity sync, int failures, SyncRunEntity run, Instant now) {
        Instant due = Schedule.after(sync.settings(), failures, run.startedAt());
        return due.isBefore(now) ? now : due;
    }

    /** Reports the outcome once for each run, or not at all after a crash. */
    private void reportToConnection(SyncRunEntity run, Instant now) {
        connections
                .find(run.organizationId(), new ConnectionId(run.connectionId()))
                .ifPresent(connection -> {
                    Failure failure = run.failure();
                    if (failure == null && run.status() != TaskStatus.CANCELED) {
                        connections.succeeded(connection, now);
                    } else if (failure != null) {
                        diagnosis(failure).ifPresent(cause -> connections.failed(connection, cause, failure.message()));
                    }
                });
    }

    /** Empty where the source is not the cause. */
    private static Optional<Diagnosis> diagnosis(Failure failure) {
        return Stream.of(Diagnosis.values())
                .filter(one -> one.name().equals(failure.code()))
                .findFirst();
    }
}
