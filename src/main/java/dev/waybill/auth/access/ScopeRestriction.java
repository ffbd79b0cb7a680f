package dev.waybill.auth.access;

import java.util.Locale;

/** What is left of an operation for a key that is narrowed to some resources. */
public enum ScopeRestriction {
    /** It is done as for any key. */
    ALWAYS,
    /** It is done within these resources; a list shows those alone. */
    INSIDE,
    /** It is refused: it would touch what lies beside them. */
    NEVER;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
