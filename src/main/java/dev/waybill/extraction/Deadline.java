package dev.waybill.extraction;

import java.time.Duration;

/** When work on a file must have ended. Asked by everything that parsers call back, as interruption stops few of them. */
final class Deadline {

    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOverBy(Duration time) {
        return System.nanoTime() - endNanos > time.toNanos();
    }

    void check() {
        if (System.nanoTime() - endNanos > 0 || Thread.currentThread().isInterrupted()) {
            throw new Passed();
        }
    }

    /** Unchecked, as it must get through parsers that swallow checked exceptions part by part. */
    static final class Passed extends RuntimeException {
        Passed() {
            super("the time for this file is over");
        }
    }
}
