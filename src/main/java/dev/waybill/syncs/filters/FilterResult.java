package dev.waybill.syncs.filters;

/** Result of filters for a file. */
public sealed interface FilterResult {

    /** It passes, as far as its attributes are known. */
    record Passed() implements FilterResult {}

    /**
     * It is refused.
     *
     * @param expected the expected value, for people
     * @param actual the actual value, for people
     */
    record Refused(Reason reason, String expected, String actual) implements FilterResult {}

    /** The filter that refused; stored in ledgers. */
    enum Reason {
        /** No include pattern or extension matches. */
        INCLUDE_MISS,
        EXCLUDED,
        TOO_SMALL,
        TOO_BIG,
        TOO_OLD,
        TOO_NEW,
        MIME,
        METADATA_FILTER
    }
}
