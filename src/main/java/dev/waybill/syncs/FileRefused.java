package dev.waybill.syncs;

import dev.waybill.syncs.filters.Verdict;

/** Why a file does not become an object though its source gives it: trying again would not help. */
final class FileRefused extends RuntimeException {

    private final String reason;
    private final boolean filtered;

    private FileRefused(String reason, String sentence, boolean filtered) {
        super(sentence, null, false, false);
        this.reason = reason;
        this.filtered = filtered;
    }

    static FileRefused because(String reason, String sentence) {
        return new FileRefused(reason, sentence, false);
    }

    static FileRefused by(Verdict.Refused refusal) {
        return new FileRefused(
                refusal.reason().name(), "Wanted %s, found %s".formatted(refusal.expected(), refusal.actual()), true);
    }

    String reason() {
        return reason;
    }

    /** Whether the sync's own filters did it. */
    boolean isFiltered() {
        return filtered;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
