package dev.waybill.syncs.transfer;

import dev.waybill.syncs.filters.FilterResult;

/** Thrown when a readable file does not become an object: filters, mapping or limits refuse it. */
public final class FileRefused extends RuntimeException {

    public static final String FOLDER_MARKER = "FOLDER_MARKER";

    private final String reason;
    private final boolean filtered;
    private final boolean passes;

    private FileRefused(String reason, String sentence, boolean filtered, boolean passes) {
        super(sentence, null, false, false);
        this.reason = reason;
        this.filtered = filtered;
        this.passes = passes;
    }

    static FileRefused because(String reason, String sentence) {
        return new FileRefused(reason, sentence, false, false);
    }

    /** A transient refusal: a retry may help. */
    static FileRefused forNow(String reason, String sentence) {
        return new FileRefused(reason, sentence, false, true);
    }

    public static FileRefused by(FilterResult.Refused refusal) {
        return new FileRefused(
                refusal.reason().name(),
                "Wanted %s, found %s".formatted(refusal.expected(), refusal.actual()),
                true,
                false);
    }

    public String reason() {
        return reason;
    }

    /** Whether the sync's filters refused it. */
    public boolean isFiltered() {
        return filtered;
    }

    /** Whether a retry may help. */
    public boolean passes() {
        return passes;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
