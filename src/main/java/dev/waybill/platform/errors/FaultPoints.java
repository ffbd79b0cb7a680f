package dev.waybill.platform.errors;

/**
 * The places between two durable steps where a crash must do no harm. In production nothing happens there; the crash
 * tests stop the process at one of them.
 */
@FunctionalInterface
public interface FaultPoints {

    /** @param step such as {@code confirm.object-written}: what was done last */
    void reach(String step);
}
