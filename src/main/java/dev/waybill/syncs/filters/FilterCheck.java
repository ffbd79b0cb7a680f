package dev.waybill.syncs.filters;

import java.util.function.Function;

/**
 * One condition that files are checked against.
 *
 * @param name the field of the filters that it comes from
 * @param expected the expected value, for people
 * @param actual the actual value of a file, for people
 */
record FilterCheck(
        String name,
        FilterResult.Reason reason,
        String expected,
        Function<Candidate, String> actual,
        Function<Candidate, Result> rule) {

    /** Result of the check for a file. */
    enum Result {
        PASSED,
        REFUSED,
        /** The listing does not decide. */
        OPEN;

        static Result of(boolean passes) {
            return passes ? PASSED : REFUSED;
        }
    }
}
