package dev.waybill.syncs;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How many files of a source are read side by side: fewer when it asks for patience, more again while it does not. Who
 * asks for patience is left alone by all for that long.
 */
final class AdaptiveConcurrency {

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

    /** @param most at most so many, 1 or more */
    AdaptiveConcurrency(int most, SyncProperties properties) {
        this.most = most;
        this.limit = Math.min(most, properties.firstConcurrency());
        this.properties = properties;
    }

    /** Waits for a turn. @return false when there will be none any more */
    boolean enter() throws InterruptedException {
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

    /** A turn is over. @param well whether the source did what was asked */
    void leave(boolean well) {
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

    /** Whether that is not longer than anybody waits here. */
    boolean bears(Duration asked) {
        return asked.compareTo(properties.longestPause()) <= 0;
    }

    /** The source asks for patience. @param asked for how long, which must be borne; null when it did not say */
    void throttled(@Nullable Duration asked) {
        lock.lock();
        try {
            throttled++;
            if (quiet() <= 0) {
                inARow++;
                limit = Math.max(1, limit / 2);
                good = 0;
            }
            Duration wait = asked == null ? jittered(properties.pause(inARow)) : asked;
            quietUntil = Math.max(quietUntil, System.nanoTime() + wait.toNanos());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the source may be asked again. @return false when it may not any more */
    boolean rest() throws InterruptedException {
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

    /** Waits between two tries. @return false when there is to be no other */
    boolean pause(int failures) throws InterruptedException {
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

    /** Nobody gets a turn any more, and nobody waits; who has one keeps it. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The same, and who has a turn is to stop in the middle of it. */
    void end() {
        lock.lock();
        try {
            closed = true;
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has ended, in the middle of whatever is read. */
    boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** How often the source asked for patience. */
    long throttled() {
        lock.lock();
        try {
            return throttled;
        } finally {
            lock.unlock();
        }
    }

    /** How many may be read side by side now. */
    int limit() {
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

    /** From that to half as much more. */
    private static Duration jittered(Duration pause) {
        return pause.plusNanos(ThreadLocalRandom.current().nextLong(pause.toNanos() / 2 + 1));
    }
}
