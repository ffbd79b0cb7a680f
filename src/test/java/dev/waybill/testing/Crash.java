package dev.waybill.testing;

import dev.waybill.platform.errors.FaultPoints;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One death of a {@link CrashableService}: whoever comes to the fault point, or to any other one later, stops there. Unless it
 * was none: then they go on, late.
 */
final class Crash implements FaultPoints {

    private final String where;
    private final Runnable consequence;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Set<Thread> stopped = ConcurrentHashMap.newKeySet();
    private volatile boolean woken;

    /** @param consequence what cuts the service off from the world; done once, before anybody learns of the death */
    Crash(String where, Runnable consequence) {
        this.where = where;
        this.consequence = consequence;
    }

    @Override
    public void reach(String step) {
        if (step.equals(where)) {
            come();
        }
        if (begun.get()) {
            stop();
        }
    }

    void come() {
        if (begun.compareAndSet(false, true)) {
            consequence.run();
            over.countDown();
        }
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Ends the threads that stopped. */
    void letGo() {
        released.countDown();
    }

    /** Lets the threads that stopped go on. */
    void wakeUp() {
        woken = true;
        released.countDown();
    }

    /** Whether none of the threads that stopped is there any more. */
    boolean isCleared() {
        return stopped.stream().noneMatch(Thread::isAlive);
    }

    private void stop() {
        stopped.add(Thread.currentThread());
        boolean interrupted = true;
        while (interrupted) {
            try {
                released.await();
                interrupted = false;
            } catch (InterruptedException e) {
                // the dead do not hear
            }
        }
        if (!woken) {
            throw new Gone();
        }
    }

    /** Ends a thread of a dead service, when nothing that it does arrives anywhere. */
    private static final class Gone extends Error {

        Gone() {
            super("this service is dead", null, false, false);
        }
    }
}
