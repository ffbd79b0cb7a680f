package dev.waybill.auth.access;

import java.util.Locale;

/** How an operation is restricted for a key that is narrowed to some resources. */
public enum ScopeRestriction {
    /** Allowed as for any key. */
    ALWAYS,
    /** Allowed within these resources; a list shows those alone. */
    INSIDE,
    /** Refused: it would touch what lies outside them. */
    NEVER;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
