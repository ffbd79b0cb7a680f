package dev.waybill.syncs;

import dev.waybill.connections.Connections;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.syncs.SyncRunDocument.Failure;
import dev.waybill.tasks.TaskRun;
import java.time.Duration;

/** Looks while a worker works whether it still should, and may go by the connection, and halts it when not. */
final class Lookout implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The database is asked less often than the task. */
    private static final int LOOKS = 25;

    private final Thread thread;

    private Lookout(Runnable looking) {
        this.thread = Thread.ofVirtual().name("sync-lookout").start(looking);
    }

    static Lookout over(TaskRun task, Attempt attempt, SyncStore syncs, Connections connections) {
        return new Lookout(() -> look(task, attempt, syncs, connections));
    }

    private static void look(TaskRun task, Attempt attempt, SyncStore syncs, Connections connections) {
        SyncDocument sync = attempt.sync();
        try {
            for (int look = 1; !attempt.halt().isSet() || attempt.halt().isAway(); look++) {
                Thread.sleep(PAUSE);
                if (task.canceled()) {
                    attempt.halt().because(new Halt.Reason.Canceled());
                } else if (look % LOOKS == 0 && !syncs.holds(sync.key(), attempt.run(), sync.fence())) {
                    attempt.halt().because(new Halt.Reason.Fenced());
                } else if (look % LOOKS == 0) {
                    connections.find(sync.organizationId(), sync.connection()).ifPresent(Connections::requireUsable);
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (WaybillException unusable) {
            Failure failure = new Failure(unusable.code().name(), unusable.getMessage(), false);
            attempt.halt().because(new Halt.Reason.Failed(failure, null));
        } catch (RuntimeException unknown) {
            attempt.halt().because(new Halt.Reason.Broken(unknown));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
