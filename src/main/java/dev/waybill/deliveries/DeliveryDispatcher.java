package dev.waybill.deliveries;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.webhooks.Channel;
import dev.waybill.webhooks.Webhook;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Makes one attempt at a delivery, and decides the next status: delivered, retried later or dead. */
@Component
class DeliveryDispatcher {

    private static final Logger log = LoggerFactory.getLogger(DeliveryDispatcher.class);

    private final ChannelSender sender;
    private final MeterRegistry meters;
    private final DeliveryProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    DeliveryDispatcher(
            ChannelSender sender,
            MeterRegistry meters,
            DeliveryProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.sender = sender;
        this.meters = meters;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    DeliveryAttempt attempt(Webhook webhook, DeliveryEntity delivery) {
        Instant at = clock.instant();
        long start = System.nanoTime();
        SendResult result = send(webhook, delivery, at);
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        faults.reach("webhooks.attempted");
        count(delivery.kind(), result);
        Duration retryAfter = result.retryAfter();
        DeliveryEntity.Attempt attempt = new DeliveryEntity.Attempt(
                delivery.trigger(),
                at,
                millis,
                result.status(),
                result.error(),
                cleaned(result.excerpt()),
                retryAfter == null ? null : retryAfter.toSeconds());
        if (result.error() == null) {
            return new DeliveryAttempt(delivery, attempt, result, DeliveryStatus.DELIVERED, null, null);
        }
        Instant now = clock.instant();
        if (!now.isBefore(delivery.giveUpAt())) {
            return new DeliveryAttempt(delivery, attempt, result, DeliveryStatus.DEAD, null, result.error());
        }
        Instant next = now.plus(backoff(delivery.attemptsInRun() + 1, retryAfter));
        // The last attempt is made at the deadline.
        Instant bounded = next.isAfter(delivery.giveUpAt()) ? delivery.giveUpAt() : next;
        return new DeliveryAttempt(delivery, attempt, result, DeliveryStatus.PENDING, bounded, null);
    }

    private SendResult send(Webhook webhook, DeliveryEntity delivery, Instant at) {
        Channel channel = webhook.channels().get(delivery.channel());
        try {
            return sender.send(webhook, channel, delivery, at);
        } catch (RuntimeException failed) {
            log.warn("Delivery {} could not be sent: {}", delivery.deliveryId(), failed.toString());
            return SendResult.failed("It could not be put together or sent: an internal error", true);
        }
    }

    private void count(Channel.Kind kind, SendResult result) {
        String outcome = result.error() == null ? "taken" : result.answered() ? "refused" : "unanswered";
        meters.counter("waybill.webhooks.attempts", "channel", kind.wire(), "outcome", outcome)
                .increment();
    }

    /**
     * Exponential backoff with full jitter, or the receiver's {@code Retry-After} where that is longer: one that
     * requests less may be about to request more.
     */
    private Duration backoff(int attempts, @Nullable Duration retryAfter) {
        long longest = properties.maxRetryDelay().toMillis();
        long doubled = properties.retryDelay().toMillis() << Math.min(attempts - 1, 30);
        long own = 1 + ThreadLocalRandom.current().nextLong(Math.max(1, Math.min(doubled, longest)));
        long requested = retryAfter == null ? 0 : Math.min(retryAfter.toMillis(), longest);
        return Duration.ofMillis(Math.max(own, requested));
    }

    /** Answers of untrusted servers are shown, so control characters are removed. */
    private static @Nullable String cleaned(@Nullable String excerpt) {
        return excerpt == null || excerpt.isEmpty() ? null : excerpt.replaceAll("[\\p{Cc}&&[^\\n\\t]]", " ");
    }
}
