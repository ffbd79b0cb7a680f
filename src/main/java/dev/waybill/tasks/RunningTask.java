package dev.waybill.tasks;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A claimed task while its handler runs. */
final class RunningTask implements TaskRun {

    private final Claim claim;
    private final InstantSource clock;
    private final ReentrantLock reporting = new ReentrantLock();
    private volatile Instant leaseUntil;
    private volatile boolean cancelRequested;
    private volatile boolean lost;
    private volatile boolean abandoned;
    private volatile boolean expired;
    private volatile @Nullable Progress progress;
    private volatile @Nullable Thread worker;
    private volatile @Nullable Instant againAt;
    private boolean reportingStopped;

    RunningTask(Claim claim, InstantSource clock) {
        this.claim = claim;
        this.clock = clock;
        this.leaseUntil = claim.leaseUntil();
        this.cancelRequested = claim.cancelRequested();
    }

    @Override
    public Task task() {
        return claim.task();
    }

    @Override
    public Map<String, Object> payload() {
        return claim.payload();
    }

    @Override
    public int attempt() {
        return claim.attempt();
    }

    @Override
    public void progress(long processed, long total, Map<String, Object> beside) {
        progress = new Progress(processed, total, beside);
    }

    @Override
    public boolean canceled() {
        return cancelRequested || lost || abandoned || leaseIsOver();
    }

    /** For good once the handler has read it: it stops because of that, and a lease renewed late does not undo it. */
    private boolean leaseIsOver() {
        if (!expired && !clock.instant().isBefore(leaseUntil)) {
            expired = true;
        }
        return expired;
    }

    Claim claim() {
        return claim;
    }

    TaskId id() {
        return claim.task().id();
    }

    @Nullable
    Progress progress() {
        return progress;
    }

    boolean isCancelRequested() {
        return cancelRequested;
    }

    /** Cancellation of the task was requested. */
    void requestCancel() {
        cancelRequested = true;
    }

    /** Another worker has the task now. */
    void lose() {
        lost = true;
    }

    boolean isLost() {
        return lost;
    }

    /** Whether the handler has read that the lease ran out. */
    boolean isExpired() {
        return expired;
    }

    void renewed(Instant until) {
        leaseUntil = until;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    void startedOn(Thread thread) {
        worker = thread;
    }

    /** The service stops and waits no longer: the handler is interrupted, another worker will start over. */
    void abandon() {
        abandoned = true;
        Thread thread = worker;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** It was rescheduled, and may start again then. */
    void rescheduled(Instant readyAt) {
        againAt = readyAt;
    }

    /** When it may start again; null when it was not rescheduled. */
    @Nullable
    Instant againAt() {
        return againAt;
    }

    /** The task with the progress so far. */
    Task snapshot() {
        Progress reported = progress;
        return reported == null ? claim.task() : claim.task().withAdditionalData(reported.additionalData());
    }

    Map<String, Object> additionalDataSoFar() {
        return new LinkedHashMap<>(snapshot().additionalData());
    }

    /** From here on nothing is reported any more; waits for a report that is being written. */
    void stopReporting() {
        reporting.lock();
        try {
            reportingStopped = true;
        } finally {
            reporting.unlock();
        }
    }

    /** Reports unless the end is being written. */
    void report(Consumer<RunningTask> report) {
        if (!reporting.tryLock()) {
            return;
        }
        try {
            if (!reportingStopped) {
                report.accept(this);
            }
        } finally {
            reporting.unlock();
        }
    }
}
