package dev.waybill.syncs.runs;

import dev.waybill.connections.Connections;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.runs.SyncRunEntity.Failure;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;

/**
 * Watchdog of a worker: polls whether the task was canceled, the fence still holds and the connection is usable, and
 * halts the worker otherwise.
 */
final class RunMonitor implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The database is polled less often than the task. */
    private static final int POLLS_PER_DATABASE_CHECK = 25;

    private final Thread thread;

    private RunMonitor(Runnable polling) {
        this.thread = Thread.ofVirtual().name("sync-lookout").start(polling);
    }

    static RunMonitor over(TaskRun task, RunAttempt runAttempt, SyncStore syncs, Connections connections) {
        return new RunMonitor(() -> poll(task, runAttempt, syncs, connections));
    }

    private static void poll(TaskRun task, RunAttempt runAttempt, SyncStore syncs, Connections connections) {
        SyncEntity sync = runAttempt.sync();
        try {
            for (int poll = 1; !runAttempt.halt().isSet() || runAttempt.halt().isAway(); poll++) {
                Thread.sleep(PAUSE);
                if (task.canceled()) {
                    runAttempt.halt().because(new HaltReason.Reason.Canceled());
                } else if (poll % POLLS_PER_DATABASE_CHECK == 0
                        && !syncs.holds(sync.key(), runAttempt.run(), sync.fence())) {
                    runAttempt.halt().because(new HaltReason.Reason.Fenced());
                } else if (poll % POLLS_PER_DATABASE_CHECK == 0) {
                    connections.find(sync.organizationId(), sync.connection()).ifPresent(Connections::requireUsable);
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (WaybillException unusable) {
            Failure failure = new Failure(unusable.code().name(), unusable.getMessage(), false);
            runAttempt.halt().because(new HaltReason.Reason.Failed(failure, null));
        } catch (RuntimeException unknown) {
            runAttempt.halt().because(new HaltReason.Reason.Broken(unknown));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
