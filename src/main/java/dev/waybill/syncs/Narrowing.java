package dev.waybill.syncs;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What narrows a list of a ledger's rows; a null does not.
 *
 * @param state one of {@link #STATES}
 * @param keyPrefix of source keys
 * @param run that worked on them last
 */
record Narrowing(
        @Nullable String state,
        @Nullable String reason,
        @Nullable String keyPrefix,
        @Nullable String run) {

    static final List<String> STATES =
            Arrays.stream(LedgerEntity.State.values()).map(Enum::name).toList();

    static final Narrowing NONE = new Narrowing(null, null, null, null);

    /** Of files that were given up. */
    static Narrowing deadLetters(@Nullable String reason) {
        return new Narrowing(LedgerEntity.State.QUARANTINED.name(), reason, null, null);
    }
}
