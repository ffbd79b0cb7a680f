package dev.waybill.testing;

import dev.waybill.platform.errors.FaultPoints;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A simulated stall of a {@link CrashableService}: the first thread that reaches the fault point goes on after other
 * work.
 */
final class Pause implements FaultPoints {

    private final String where;
    private final Runnable meanwhile;
    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean over;

    Pause(String where, Runnable meanwhile) {
        this.where = where;
        this.meanwhile = meanwhile;
    }

    @Override
    public void reach(String step) {
        if (step.equals(where) && begun.compareAndSet(false, true)) {
            meanwhile.run();
            over = true;
        }
    }

    /** Without it a test would test nothing once its fault point has another name. */
    void requireOver() {
        if (!over) {
            throw new IllegalStateException("no thread reached %s and went on from there".formatted(where));
        }
    }
}
