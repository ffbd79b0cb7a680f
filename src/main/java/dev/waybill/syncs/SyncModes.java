package dev.waybill.syncs;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The names that callers use for how a sync goes on. */
final class SyncModes {

    /** @param full whether each run lists from the start and tries again what is in quarantine */
    record Choice(SyncMode mode, boolean full) {}

    private static final Choice ONCE = new Choice(SyncMode.INITIAL_ONLY, false);
    private static final Choice ALWAYS = new Choice(SyncMode.CONTINUOUS, false);

    private static final Map<String, Choice> BY_NAME = Map.of(
            "continuous", ALWAYS,
            "incremental", ALWAYS,
            "scheduled", ALWAYS,
            "full", new Choice(SyncMode.CONTINUOUS, true),
            "initial_only", ONCE,
            "one_time", ONCE,
            "once", ONCE);

    private SyncModes() {}

    /** Empty for a name that is none; case makes no difference. */
    static Optional<Choice> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** For messages. */
    static String names() {
        return String.join(", ", new TreeSet<>(BY_NAME.keySet()));
    }
}
