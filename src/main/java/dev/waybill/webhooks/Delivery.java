package dev.waybill.webhooks;

import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event on its way to one channel of a webhook.
 *
 * @param id derived from the event, the webhook and the channel
 * @param json what the event is
 * @param attempts the latest of them, the oldest first; none where it was read to be sent
 * @param attemptCount all that were made
 * @param earlierAttempts how many of these were made before it was last asked for once more
 * @param nextAttemptAt null once it ended
 * @param giveUpAt the last moment for an attempt
 * @param error why it ended without success; null otherwise
 */
record Delivery(
        String id,
        OrganizationId organization,
        WebhookId webhook,
        int channel,
        Channel.Kind kind,
        String eventId,
        String eventType,
        String json,
        DeliveryStatus status,
        List<Attempt> attempts,
        int attemptCount,
        int earlierAttempts,
        @Nullable Instant nextAttemptAt,
        Instant giveUpAt,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant endedAt) {

    private static final String PREFIX = "dlv_";

    /**
     * One try.
     *
     * @param status of HTTP; null when there was no answer, and for email
     * @param error null when it was a success
     * @param excerpt the beginning of the answer
     * @param retryAfterSeconds how long the answer asked to wait; null when it did not
     */
    record Attempt(
            AttemptTrigger trigger,
            Instant at,
            long durationMillis,
            @Nullable Integer status,
            @Nullable String error,
            @Nullable String excerpt,
            @Nullable Long retryAfterSeconds) {}

    Delivery {
        attempts = List.copyOf(attempts);
    }

    static Delivery of(EventDocument event, Webhook webhook, int channel, Instant now, Instant giveUpAt) {
        return new Delivery(
                PREFIX + EventIds.digest(event.eventId(), webhook.key(), String.valueOf(channel)),
                webhook.organization(),
                webhook.id(),
                channel,
                webhook.channels().get(channel).kind(),
                event.eventId(),
                event.eventType(),
                event.event(),
                DeliveryStatus.PENDING,
                List.of(),
                0,
                0,
                now,
                giveUpAt,
                null,
                now,
                null);
    }

    /** How many were made since it was made, or last asked for once more. */
    int attemptsInRun() {
        return attemptCount - earlierAttempts;
    }

    /** What the next attempt is made for. */
    AttemptTrigger trigger() {
        if (attemptsInRun() > 0) {
            return AttemptTrigger.RETRY;
        }
        if (earlierAttempts > 0) {
            return AttemptTrigger.REDELIVERY;
        }
        return eventType.equals(EventTypes.TEST) ? AttemptTrigger.TEST : AttemptTrigger.INITIAL;
    }

    String key() {
        return Webhook.key(organization, id);
    }

    Endpoint endpoint() {
        return new Endpoint(organization, webhook, channel);
    }
}
