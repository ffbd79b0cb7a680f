package dev.waybill.syncs.runs;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Filters of a list of ledger rows; null does not filter.
 *
 * @param state one of {@link #STATES}
 * @param keyPrefix of source keys
 * @param run the latest run that processed the files
 */
public record LedgerFilter(
        @Nullable String state,
        @Nullable String reason,
        @Nullable String keyPrefix,
        @Nullable String run) {

    public static final List<String> STATES =
            Arrays.stream(LedgerEntity.State.values()).map(Enum::name).toList();

    static final LedgerFilter NONE = new LedgerFilter(null, null, null, null);

    /** Quarantined files only. */
    public static LedgerFilter deadLetters(@Nullable String reason) {
        return new LedgerFilter(LedgerEntity.State.QUARANTINED.name(), reason, null, null);
    }
}
