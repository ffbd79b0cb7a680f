package dev.waybill.connectors.s3;

import dev.waybill.connectors.Diagnosis;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Known facts of credentials that requests do not show. */
interface CredentialFacts {

    /** Nothing. */
    CredentialFacts NONE = new CredentialFacts() {};

    /** Their account; null when that is not known. */
    default @Nullable String account() {
        return null;
    }

    /** What they are restricted to; JSON values. */
    default Map<String, Object> restrictions() {
        return Map.of();
    }

    /** The same as text after "may read only"; null without restrictions. */
    default @Nullable String reach() {
        return null;
    }

    /** Whether the store silently leaves out of listings what they may not see. */
    default boolean hidesRows() {
        return false;
    }

    /** When they expire; null when that is not known. */
    default @Nullable Instant expiresAt() {
        return null;
    }

    /** Missing permissions, as the diagnoses they lead to. */
    default List<Diagnosis> lacking() {
        return List.of();
    }
}
