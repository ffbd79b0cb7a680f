package dev.waybill.connectors.s3;

import dev.waybill.connectors.Diagnosis;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of credentials besides what trying them tells. */
interface CredentialFacts {

    /** Nothing. */
    CredentialFacts NONE = new CredentialFacts() {};

    /** Whose they are; null when that is not known. */
    default @Nullable String account() {
        return null;
    }

    /** What they are bound to; JSON values. */
    default Map<String, Object> restrictions() {
        return Map.of();
    }

    /** The same in words that go on from "may read only"; null when they are bound to nothing. */
    default @Nullable String reach() {
        return null;
    }

    /** Whether the store leaves out of listings what they may not see, and says nothing of it. */
    default boolean hidesRows() {
        return false;
    }

    /** Until when they hold; null when that is not known. */
    default @Nullable Instant expiresAt() {
        return null;
    }

    /** Rights that they lack, as what that would be diagnosed as. */
    default List<Diagnosis> lacking() {
        return List.of();
    }
}
