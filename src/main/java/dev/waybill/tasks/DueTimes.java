package dev.waybill.tasks;

import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * When tasks that this instance submitted or put back may start: known here, so no need to wait for the next sweep. Only
 * the nearest of them; the others are found by a sweep.
 */
@Component
class DueTimes {

    static final int BOUND = 10_000;

    private final TreeSet<Instant> instants = new TreeSet<>();

    synchronized void add(Instant instant) {
        instants.add(instant);
        if (instants.size() > BOUND) {
            instants.pollLast();
        }
    }

    /** The earliest of them; null when there is none. */
    synchronized @Nullable Instant next() {
        return instants.isEmpty() ? null : instants.first();
    }

    /** Whether one has come; those that have are gone then. */
    synchronized boolean rang(Instant now) {
        boolean rang = false;
        while (!instants.isEmpty() && !instants.first().isAfter(now)) {
            instants.pollFirst();
            rang = true;
        }
        return rang;
    }
}
