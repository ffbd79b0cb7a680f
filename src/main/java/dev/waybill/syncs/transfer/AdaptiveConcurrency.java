package dev.waybill.syncs.transfer;

import dev.waybill.syncs.settings.SyncProperties;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Adaptive limit of the files that are read from a source concurrently: halved when the source throttles, raised again
 * while it does not. After throttling, all readers of the run wait as long as the source requests.
 */
public final class AdaptiveConcurrency {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final int most;
    private final SyncProperties properties;
    private int limit;
    private int reading;
    private int good;
    private int inARow;
    private long throttled;
    private long quietUntil = System.nanoTime();
    private boolean closed;
    private boolean over;

    /** @param most the maximum, 1 or more */
    public AdaptiveConcurrency(int most, SyncProperties properties) {
        this.most = most;
        this.limit = Math.min(most, properties.firstConcurrency());
        this.properties = properties;
    }

    /** Acquires a permit, waiting for one. @return false when it is closed */
    public boolean enter() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && (reading >= limit || quiet() > 0)) {
                if (reading >= limit) {
                    changed.await();
                } else {
                    changed.await(quiet(), TimeUnit.NANOSECONDS);
                }
            }
            reading += closed ? 0 : 1;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Releases a permit. @param well whether the read succeeded */
    public void leave(boolean well) {
        lock.lock();
        try {
            reading--;
            if (well) {
                inARow = 0;
                good++;
                if (good >= 2 * limit && limit < most) {
                    limit++;
                    good = 0;
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a worker may wait that long: at most {@link SyncProperties#longestPause}. */
    public boolean canWait(Duration retryAfter) {
        return retryAfter.compareTo(properties.longestPause()) <= 0;
    }

    /**
     * Records throttling by the source.
     *
     * @param retryAfter how long to wait, which {@link #canWait} allows; null when it did not say
     */
    public void throttled(@Nullable Duration retryAfter) {
        lock.lock();
        try {
            throttled++;
            if (quiet() <= 0) {
                inARow++;
                limit = Math.max(1, limit / 2);
                good = 0;
            }
            Duration wait = retryAfter == null ? jittered(properties.pause(inARow)) : retryAfter;
            quietUntil = Math.max(quietUntil, System.nanoTime() + wait.toNanos());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the source may be called again. @return false when it is closed */
    public boolean awaitQuiet() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && quiet() > 0) {
                changed.await(quiet(), TimeUnit.NANOSECONDS);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Backs off before a retry. @return false when it is closed */
    public boolean pause(int failures) throws InterruptedException {
        long until = System.nanoTime() + jittered(properties.pause(failures)).toNanos();
        lock.lock();
        try {
            for (long left = until - System.nanoTime(); !closed && left > 0; left = until - System.nanoTime()) {
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Stops granting permits and wakes all that wait; permits that are held stay valid. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes it, and has reads in progress abort. */
    public void end() {
        lock.lock();
        try {
            closed = true;
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether reads in progress are to abort. */
    public boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** How often the source throttled. */
    public long throttled() {
        lock.lock();
        try {
            return throttled;
        } finally {
            lock.unlock();
        }
    }

    /** The current limit. */
    public int limit() {
        lock.lock();
        try {
            return limit;
        } finally {
            lock.unlock();
        }
    }

    private long quiet() {
        return quietUntil - System.nanoTime();
    }

    /** From the pause to 1.5 times it. */
    private static Duration jittered(Duration pause) {
        return pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2 + 1));
    }
}
