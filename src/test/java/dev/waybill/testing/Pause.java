package dev.waybill.testing;

import dev.waybill.platform.errors.FaultPoints;
import java.util.concurrent.atomic.AtomicBoolean;

/** One delay of a {@link CrashableService}: whoever comes to the fault point first goes on after others did something. */
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

    /** Without it a story would tell of nothing once its fault point has another name. */
    void requireOver() {
        if (!over) {
            throw new IllegalStateException("nobody came to %s and on from there".formatted(where));
        }
    }
}
