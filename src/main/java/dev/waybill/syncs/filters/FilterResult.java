package dev.waybill.syncs.filters;

/** Whether filters take a file. */
public sealed interface FilterResult {

    /** They do, as far as the file is known. */
    record Passed() implements FilterResult {}

    /**
     * They do not.
     *
     * @param expected what the filter wants, for people
     * @param actual what the file has instead, for people
     */
    record Refused(Reason reason, String expected, String actual) implements FilterResult {}

    /** The filter that refused; these words stand in ledgers. */
    enum Reason {
        /** Neither an include pattern nor one of the extensions fits. */
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
