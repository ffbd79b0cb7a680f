package dev.waybill.webhooks;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Draws the consequences of what endpoints answer: opens and closes their circuits, keeps since when they fail, and
 * pauses the webhook of one that failed for too long. Each channel counts by itself: one that works does not hide that
 * another is dead. As long as all is well, nothing is written.
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
    CircuitEntity after(Webhook webhook, Endpoint endpoint, CircuitEntity before, DeliveryRound deliveryRound) {
        CircuitEntity after = next(before, deliveryRound);
        if (!after.equals(before)) {
            circuits.save(after);
        }
        if (deliveryRound.taken()) {
            worked(webhook, endpoint, before);
            return after.failingSince(null);
        }
        String error = deliveryRound.error();
        return error == null ? after : after.failingSince(failed(webhook, endpoint, error));
    }

    private CircuitEntity next(CircuitEntity before, DeliveryRound deliveryRound) {
        Instant now = clock.instant();
        boolean slowly = deliveryRound.longest().compareTo(properties.turn()) > 0;
        Duration pause = deliveryRound.retryAfter();
        if (deliveryRound.silent()) {
            return before.silentUntil(now.plus(rest(before.unanswered())));
        }
        if (pause != null) {
            boolean tooLong = pause.compareTo(properties.maxRest()) > 0;
            return before.pausedUntil(now.plus(tooLong ? properties.maxRest() : pause), slowly);
        }
        return before.answering(slowly);
    }

    /** Doubles with each silence, and scatters from half to the whole of it. */
    private Duration rest(int unanswered) {
        long doubled = properties.retryDelay().toMillis() << Math.min(unanswered, 20);
        long most = Math.max(1, Math.min(properties.maxRest().toMillis(), doubled));
        return Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
    }

    /** Something was taken there: what failed beside it is no lasting failure. */
    private void worked(Webhook webhook, Endpoint endpoint, CircuitEntity before) {
        if (before.failingSince() != null) {
            circuits.working(endpoint);
        }
        if (webhook.failingSince() != null) {
            show(webhook);
        }
    }

    /**
     * Nothing was taken there.
     *
     * @return since when
     */
    private Instant failed(Webhook webhook, Endpoint endpoint, String error) {
        Instant now = clock.instant();
        // Asked anew, because whoever resumed the webhook meanwhile wants it to begin anew.
        Instant since = circuits.failing(endpoint, now);
        if (webhook.failingSince() == null) {
            show(webhook);
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

    /** What callers see of it: since when the channel fails that fails the longest. */
    private void show(Webhook webhook) {
        Instant earliest = circuits.failingSince(webhook.endpoints()).orElse(null);
        if (!Objects.equals(earliest, webhook.failingSince())) {
            webhooks.failing(webhook, earliest);
        }
    }
}
