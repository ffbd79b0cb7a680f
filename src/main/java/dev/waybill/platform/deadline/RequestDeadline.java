package dev.waybill.platform.deadline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of one HTTP request: a time budget for all its calls to the database together. It belongs to the thread
 * that serves the request and to those that this one starts, until the request is answered; workers and periodic jobs
 * have none.
 *
 * <p>Time passes by the wall clock, but stands still while one of these threads is in an {@link #uncounted} section:
 * there, something else limits the wait.
 */
public final class RequestDeadline {

    private static final InheritableThreadLocal<@Nullable RequestDeadline> CURRENT = new InheritableThreadLocal<>();

    /** A section of code, from where this is made to where it is closed. */
    @FunctionalInterface
    public interface Section extends AutoCloseable {
        @Override
        void close();
    }

    private static final Section NOTHING = () -> {};

    private final long budget;
    private long countedSince = System.nanoTime();
    private long used;
    private int uncounted;
    private boolean answered;

    private RequestDeadline(Duration budget) {
        this.budget = budget.toNanos();
    }

    /**
     * Begins a request on this thread, which closes it when the request is answered. Threads that outlive it are not
     * limited any more.
     */
    public static Section open(Duration budget) {
        RequestDeadline deadline = new RequestDeadline(budget);
        CURRENT.set(deadline);
        return () -> {
            CURRENT.remove();
            deadline.end();
        };
    }

    /** What this thread's request has left, never negative; null when there is no request to answer in time. */
    public static @Nullable Duration left() {
        RequestDeadline deadline = CURRENT.get();
        return deadline == null ? null : deadline.remaining();
    }

    /** A wait that has limits of its own, to be closed by the thread that began it. */
    public static Section uncounted() {
        RequestDeadline deadline = CURRENT.get();
        if (deadline == null) {
            return NOTHING;
        }
        deadline.leave();
        return deadline::comeBack;
    }

    private synchronized void end() {
        answered = true;
    }

    private synchronized @Nullable Duration remaining() {
        return answered ? null : Duration.ofNanos(Math.max(0, budget - usedNow()));
    }

    private synchronized void leave() {
        used = usedNow();
        uncounted++;
    }

    private synchronized void comeBack() {
        uncounted--;
        if (uncounted == 0) {
            countedSince = System.nanoTime();
        }
    }

    private long usedNow() {
        return uncounted > 0 ? used : used + System.nanoTime() - countedSince;
    }
}
