package dev.waybill.webhooks;

import dev.waybill.platform.errors.FaultPoints;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes one attempt at a delivery, and keeps what came of it. */
@Component
class Courier {

    private static final Logger log = LoggerFactory.getLogger(Courier.class);

    private final DeliveryStore deliveries;
    private final Sender sender;
    private final MeterRegistry meters;
    private final WebhookProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    Courier(
            DeliveryStore deliveries,
            Sender sender,
            MeterRegistry meters,
            WebhookProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.deliveries = deliveries;
        this.sender = sender;
        this.meters = meters;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    Sent deliver(Webhook webhook, Delivery delivery) {
        Instant at = clock.instant();
        long start = System.nanoTime();
        Sent sent = send(webhook, delivery, at);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        Delivery.Attempt attempt =
                new Delivery.Attempt(at, millis, sent.status(), sent.error(), cleaned(sent.excerpt()));
        faults.reach("webhooks.attempted");
        count(delivery.kind(), sent);
        String error = sent.error();
        if (error == null) {
            deliveries.attempted(delivery, attempt, DeliveryStatus.DELIVERED, null, null);
        } else {
            keepFailure(delivery, attempt, error);
        }
        return sent;
    }

    private void count(Channel.Kind kind, Sent sent) {
        String outcome = sent.error() == null ? "taken" : sent.answered() ? "refused" : "unanswered";
        meters.counter("waybill.webhooks.attempts", "channel", kind.wire(), "outcome", outcome)
                .increment();
    }

    private Sent send(Webhook webhook, Delivery delivery, Instant at) {
        Channel channel = webhook.channels().get(delivery.channel());
        try {
            return sender.send(webhook, channel, delivery, at);
        } catch (RuntimeException accident) {
            log.warn("Delivery {} could not be sent: {}", delivery.id(), accident.toString());
            return new Sent(null, "It could not be put together or sent: an internal error", null, true);
        }
    }

    private void keepFailure(Delivery delivery, Delivery.Attempt attempt, String error) {
        Instant now = clock.instant();
        if (!now.isBefore(delivery.giveUpAt())) {
            deliveries.attempted(delivery, attempt, DeliveryStatus.DEAD, null, error);
            return;
        }
        Instant next = now.plus(backOff(delivery.attemptsInRun() + 1));
        // The last attempt is made when the time is over.
        deliveries.attempted(
                delivery,
                attempt,
                DeliveryStatus.PENDING,
                next.isAfter(delivery.giveUpAt()) ? delivery.giveUpAt() : next,
                null);
    }

    /** A random part of what doubles with each attempt. */
    private Duration backOff(int attempts) {
        long full = properties.retryDelay().toMillis() << Math.min(attempts - 1, 30);
        long bounded = Math.min(full, properties.maxRetryDelay().toMillis());
        return Duration.ofMillis(1 + ThreadLocalRandom.current().nextLong(Math.max(1, bounded)));
    }

    /** Answers of strangers are shown, so they hold no control characters. */
    private static @Nullable String cleaned(@Nullable String excerpt) {
        return excerpt == null || excerpt.isEmpty() ? null : excerpt.replaceAll("[\\p{Cc}&&[^\\n\\t]]", " ");
    }
}
