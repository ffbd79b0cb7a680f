package dev.waybill.deliveries;

import dev.waybill.webhooks.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The circuit breaker of one endpoint, as it is stored; an endpoint that always answered at once has none.
 *
 * @param unanswered requests in a row to which its endpoint gave no answer
 * @param slow whether its endpoint's latest answer took longer than a turn
 * @param openUntil until when nothing is sent; null while it is closed
 * @param failingSince when its endpoint began to fail, without a success since; null while it does not fail
 */
@Document("webhook_circuits")
record CircuitEntity(
        @Id String key,
        int unanswered,
        boolean slow,
        @Nullable Instant openUntil,
        @Nullable Instant failingSince) {

    enum State {
        /** The endpoint answers and gets several requests at once. */
        CLOSED,
        /** It did not answer, or requested a pause: nothing is sent. */
        OPEN,
        /** The pause is over: one request is sent as a probe, and its outcome closes the circuit or opens it again. */
        HALF_OPEN
    }

    static CircuitEntity closed(Endpoint endpoint) {
        return new CircuitEntity(endpoint.key(), 0, false, null, null);
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

    /** Whether sending may take long; such endpoints share few permits. */
    boolean mayBlock() {
        return openUntil != null || slow;
    }

    /** After one more request without an answer. */
    CircuitEntity unansweredUntil(Instant until) {
        return new CircuitEntity(key, unanswered + 1, slow, until, failingSince);
    }

    /** After an answer that requested a pause. */
    CircuitEntity pausedUntil(Instant until, boolean slowly) {
        return new CircuitEntity(key, 0, slowly, until, failingSince);
    }

    CircuitEntity answering(boolean slowly) {
        return new CircuitEntity(key, 0, slowly, null, failingSince);
    }

    CircuitEntity failingSince(@Nullable Instant since) {
        return new CircuitEntity(key, unanswered, slow, openUntil, since);
    }
}
