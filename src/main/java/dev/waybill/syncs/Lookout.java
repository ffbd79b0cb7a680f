package dev.waybill.syncs;

import dev.waybill.tasks.TaskRun;
import java.time.Duration;

/** Looks while a worker works whether it still should, and halts it when not. */
final class Lookout implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);

    /** The database is asked less often than the task. */
    private static final int LOOKS = 25;

    private final Thread thread;

    private Lookout(Runnable looking) {
        this.thread = Thread.ofVirtual().name("sync-lookout").start(looking);
    }

    static Lookout over(TaskRun task, Attempt attempt, SyncStore syncs) {
        return new Lookout(() -> look(task, attempt, syncs));
    }

    private static void look(TaskRun task, Attempt attempt, SyncStore syncs) {
        SyncDocument sync = attempt.sync();
        try {
            for (int look = 1; !attempt.halt().isSet(); look++) {
                Thread.sleep(PAUSE);
                if (task.canceled()) {
                    attempt.halt().because(new Halt.Reason.Canceled());
                } else if (look % LOOKS == 0 && !syncs.holds(sync.key(), attempt.run(), sync.fence())) {
                    attempt.halt().because(new Halt.Reason.Fenced());
                }
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unknown) {
            attempt.halt().because(new Halt.Reason.Broken(unknown));
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
