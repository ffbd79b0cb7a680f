package dev.waybill.tasks;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * When tasks that this instance submitted or put back may start: known here, so no need to wait for the next sweep.
 * Bounded: what does not fit is found by a sweep.
 */
@Component
class Alarms {

    private static final int BOUND = 10_000;

    private final Queue<Instant> instants = new PriorityBlockingQueue<>();

    void add(Instant instant) {
        if (instants.size() < BOUND) {
            instants.add(instant);
        }
    }

    /** The earliest of them; null when there is none. */
    @Nullable
    Instant next() {
        return instants.peek();
    }

    /** Whether one has come; those that have are gone then. */
    boolean rang(Instant now) {
        boolean rang = false;
        for (Instant next = instants.peek(); next != null && !next.isAfter(now); next = instants.peek()) {
            instants.poll();
            rang = true;
        }
        return rang;
    }
}
