package dev.waybill.syncs;

import dev.waybill.connections.Connections;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.SyncRunEntity.Failure;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;

/** Looks while a worker works whether it still should, and may go by the connection, and halts it when not. */
final class RunMonitor implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The database is asked less often than the task. */
    private static final int LOOKS = 25;

    private final Thread thread;

    private RunMonitor(Runnable looking) {
        this.thread = Thread.ofVirtual().name("sync-lookout").start(looking);
    }

    static RunMonitor over(TaskRun task, RunAttempt runAttempt, SyncStore syncs, Connections connections) {
        return new RunMonitor(() -> look(task, runAttempt, syncs, connections));
    }

    private static void look(TaskRun task, RunAttempt runAttempt, SyncStore syncs, Connections connections) {
        SyncEntity sync = runAttempt.sync();
        try {
            for (int look = 1; !runAttempt.halt().isSet() || runAttempt.halt().isAway(); look++) {
                Thread.sleep(PAUSE);
                if (task.canceled()) {
                    runAttempt.halt().because(new HaltReason.Reason.Canceled());
                } else if (look % LOOKS == 0 && !syncs.holds(sync.key(), runAttempt.run(), sync.fence())) {
                    runAttempt.halt().because(new HaltReason.Reason.Fenced());
                } else if (look % LOOKS == 0) {
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
