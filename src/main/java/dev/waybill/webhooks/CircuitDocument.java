package dev.waybill.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The circuit breaker of one endpoint, as it is stored: nothing is stored of one that always answered at once.
 *
 * @param unanswered how often in a row its endpoint gave no answer
 * @param slow whether its endpoint, when last asked, took longer to answer than a turn is
 * @param openUntil until when nothing is sent; null while it is closed
 * @param failingSince when the failures of its endpoint began that no success has ended since; null when there are none
 */
@Document("webhook_circuits")
record CircuitDocument(
        @Id String key,
        int unanswered,
        boolean slow,
        @Nullable Instant openUntil,
        @Nullable Instant failingSince) {

    enum State {
        /** The endpoint answers and gets several requests at once. */
        CLOSED,
        /** It did not answer, or asked for a pause: nothing is sent. */
        OPEN,
        /** The pause is over: one request is sent as a probe, and what comes of it closes the circuit or opens it again. */
        HALF_OPEN
    }

    static CircuitDocument closed(Endpoint endpoint) {
        return new CircuitDocument(endpoint.key(), 0, false, null, null);
    }

    State state(Instant now) {
        return openUntil == null ? State.CLOSED : now.isBefore(openUntil) ? State.OPEN : State.HALF_OPEN;
    }

    /** What is left of its pause; empty unless it is open. */
    Optional<Duration> pause(Instant now) {
        return openUntil != null && now.isBefore(openUntil)
                ? Optional.of(Duration.between(now, openUntil))
                : Optional.empty();
    }

    /** Whether sending may take long; such endpoints share few places. */
    boolean holdsUp() {
        return openUntil != null || slow;
    }

    /** After one more request without an answer. */
    CircuitDocument silentUntil(Instant until) {
        return new CircuitDocument(key, unanswered + 1, slow, until, failingSince);
    }

    /** After an answer that asked for a pause. */
    CircuitDocument pausedUntil(Instant until, boolean slowly) {
        return new CircuitDocument(key, 0, slowly, until, failingSince);
    }

    CircuitDocument answering(boolean slowly) {
        return new CircuitDocument(key, 0, slowly, null, failingSince);
    }

    CircuitDocument failingSince(@Nullable Instant since) {
        return new CircuitDocument(key, unanswered, slow, openUntil, since);
    }
}
