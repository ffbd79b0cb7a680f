package dev.waybill.platform.errors;

/**
 * Fault points for crash tests: the places between two durable steps where a crash must do no harm. In production
 * nothing happens there; the tests stop the process at one of them.
 */
@FunctionalInterface
public interface FaultPoints {

    /** @param step such as {@code confirm.object-written}: what was done last */
    void reach(String step);
}
