package dev.waybill.deliveries;

import dev.waybill.webhooks.Endpoint;
import dev.waybill.webhooks.Webhook;
import dev.waybill.webhooks.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tracks the health of endpoints by the outcome of deliveries: opens and closes their circuit breakers, stores since
 * when they fail, and pauses the webhook of one that failed for too long. Each channel counts by itself: one that works
 * does not hide that another is dead. As long as all is well, nothing is written.
 */
@Component
class EndpointHealth {

    private static final Logger log = LoggerFactory.getLogger(EndpointHealth.class);

    private final Webhooks webhooks;
    private final CircuitStore circuits;
    private final DeliveryProperties properties;
    private final InstantSource clock;

    EndpointHealth(Webhooks webhooks, CircuitStore circuits, DeliveryProperties properties, InstantSource clock) {
        this.webhooks = webhooks;
        this.circuits = circuits;
        this.properties = properties;
        this.clock = clock;
    }

    /** @return the circuit from now on */
    CircuitEntity after(Webhook webhook, Endpoint endpoint, CircuitEntity before, DeliveryRound round) {
        CircuitEntity after = next(before, round);
        if (!after.equals(before)) {
            circuits.save(after);
        }
        if (round.accepted()) {
            succeeded(webhook, endpoint, before);
            return after.failingSince(null);
        }
        String error = round.error();
        return error == null ? after : after.failingSince(failed(webhook, endpoint, error));
    }

    private CircuitEntity next(CircuitEntity before, DeliveryRound round) {
        Instant now = clock.instant();
        boolean slowly = round.longest().compareTo(properties.turn()) > 0;
        Duration pause = round.retryAfter();
        if (round.unanswered()) {
            return before.unansweredUntil(now.plus(backoff(before.unanswered())));
        }
        if (pause != null) {
            boolean tooLong = pause.compareTo(properties.maxRest()) > 0;
            return before.pausedUntil(now.plus(tooLong ? properties.maxRest() : pause), slowly);
        }
        return before.answering(slowly);
    }

    /**
     * Exponential backoff with equal jitter: doubles with each request without an answer, and is from half to the whole
     * of that.
     */
    private Duration backoff(int unanswered) {
        long doubled = properties.retryDelay().toMillis() << Math.min(unanswered, 20);
        long limit = Math.max(1, Math.min(properties.maxRest().toMillis(), doubled));
        return Duration.ofMillis(limit / 2 + ThreadLocalRandom.current().nextLong(limit / 2 + 1));
    }

    /** A delivery was accepted: what failed beside it is no lasting failure. */
    private void succeeded(Webhook webhook, Endpoint endpoint, CircuitEntity before) {
        if (before.failingSince() != null) {
            circuits.clearFailing(endpoint);
        }
        if (webhook.failingSince() != null) {
            updateFailingSince(webhook);
        }
    }

    /**
     * No delivery was accepted.
     *
     * @return since when the endpoint fails
     */
    private Instant failed(Webhook webhook, Endpoint endpoint, String error) {
        Instant now = clock.instant();
        // Read again, because whoever resumed the webhook meanwhile has cleared it.
        Instant since = circuits.markFailing(endpoint, now);
        if (webhook.failingSince() == null) {
            updateFailingSince(webhook);
        }
        if (!since.plus(properties.pauseAfter()).isAfter(now)) {
            pause(webhook, endpoint, since, error);
        }
        return since;
    }

    private void pause(Webhook webhook, Endpoint endpoint, Instant since, String error) {
        String kind = webhook.channels().get(endpoint.channel()).kind().wire();
        String reason = "Every attempt since %s over channels[%d] (%s) failed; the last one: %s"
                .formatted(since, endpoint.channel(), kind, error);
        if (webhooks.pause(webhook, reason, clock.instant()).isPresent()) {
            log.warn("Webhook {} is paused: its channel {} failed since {}", webhook.id(), endpoint.channel(), since);
        }
    }

    /** Shows callers since when the longest failing channel fails. */
    private void updateFailingSince(Webhook webhook) {
        Instant earliest = circuits.failingSince(webhook.endpoints()).orElse(null);
        if (!Objects.equals(earliest, webhook.failingSince())) {
            webhooks.setFailingSince(webhook, earliest);
        }
    }
}
