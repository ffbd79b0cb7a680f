package dev.waybill.syncs.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Maps the names that callers use for sync modes. */
public final class SyncModes {

    /** @param full whether each run lists from the start and retries quarantined files */
    public record Choice(SyncMode mode, boolean full) {}

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

    /** Empty for an unknown name; case-insensitive. */
    public static Optional<Choice> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
    }

    /** All names, for messages. */
    public static String names() {
        return String.join(", ", new TreeSet<>(BY_NAME.keySet()));
    }
}
