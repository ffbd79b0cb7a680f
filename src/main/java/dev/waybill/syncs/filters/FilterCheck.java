package dev.waybill.syncs.filters;

import java.util.function.Function;

/**
 * One thing that files are held against.
 *
 * @param name the field of the filters that asks for it
 * @param expected what it wants, for people
 * @param actual what a file has instead, for people
 */
record FilterCheck(
        String name,
        FilterResult.Reason reason,
        String expected,
        Function<Candidate, String> actual,
        Function<Candidate, Result> rule) {

    /** What a file comes to. */
    enum Result {
        PASSED,
        REFUSED,
        /** The listing does not tell. */
        OPEN;

        static Result of(boolean passes) {
            return passes ? PASSED : REFUSED;
        }
    }
}
