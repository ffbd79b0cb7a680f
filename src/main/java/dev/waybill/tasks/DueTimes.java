package dev.waybill.tasks;

import java.time.Instant;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Due times of tasks that this instance submitted or put back: known here, so no need to wait for the next sweep. Only
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

    /** Removes those that are due; returns whether there were any. */
    synchronized boolean removeDue(Instant now) {
        boolean due = false;
        while (!instants.isEmpty() && !instants.first().isAfter(now)) {
            instants.pollFirst();
            due = true;
        }
        return due;
    }
}
