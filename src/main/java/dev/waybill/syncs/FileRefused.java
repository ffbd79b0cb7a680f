package dev.waybill.syncs;

import dev.waybill.syncs.filters.FilterResult;

/** Why a file does not become an object though its source gives it. */
final class FileRefused extends RuntimeException {

    static final String FOLDER_MARKER = "FOLDER_MARKER";

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

    /** It may pass: another try may help. */
    static FileRefused forNow(String reason, String sentence) {
        return new FileRefused(reason, sentence, false, true);
    }

    static FileRefused by(FilterResult.Refused refusal) {
        return new FileRefused(
                refusal.reason().name(),
                "Wanted %s, found %s".formatted(refusal.expected(), refusal.actual()),
                true,
                false);
    }

    String reason() {
        return reason;
    }

    /** Whether the sync's own filters did it. */
    boolean isFiltered() {
        return filtered;
    }

    /** Whether another try may help. */
    boolean passes() {
        return passes;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
