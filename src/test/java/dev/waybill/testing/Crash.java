package dev.waybill.testing;

import dev.waybill.platform.errors.FaultPoints;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A simulated crash of a {@link CrashableService}: a thread that reaches the fault point, or any other one later, stops
 * there for ever, or until {@link #wakeUp} shows that it was only a stall.
 */
final class Crash implements FaultPoints {

    private final String where;
    private final Runnable consequence;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final Set<Thread> stopped = ConcurrentHashMap.newKeySet();
    private volatile boolean woken;

    /**
     * @param consequence what cuts the service off from stores and clients; done once, before the crash can be observed
     */
    Crash(String where, Runnable consequence) {
        this.where = where;
        this.consequence = consequence;
    }

    @Override
    public void reach(String step) {
        if (step.equals(where)) {
            trigger();
        }
        if (begun.get()) {
            stop();
        }
    }

    void trigger() {
        if (begun.compareAndSet(false, true)) {
            consequence.run();
            over.countDown();
        }
    }

    boolean isOver() {
        return over.getCount() == 0;
    }

    /** Ends the threads that stopped. */
    void release() {
        released.countDown();
    }

    /** Lets the threads that stopped go on. */
    void wakeUp() {
        woken = true;
        released.countDown();
    }

    /** Whether none of the threads that stopped is alive. */
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
                // a crashed process gets no interrupts
            }
        }
        if (!woken) {
            throw new Gone();
        }
    }

    /** Ends a thread of a crashed service, once nothing that it does reaches a store. */
    private static final class Gone extends Error {

        Gone() {
            super("this service is dead", null, false, false);
        }
    }
}
