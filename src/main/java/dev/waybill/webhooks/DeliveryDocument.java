package dev.waybill.webhooks;

import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * One event on its way to one channel of a webhook, as it is stored.
 *
 * @param deliveryId derived from the event, the webhook and the channel
 * @param event what receivers are sent
 * @param attempts the latest of them, the oldest first; null where they were not read
 * @param attemptCount all that were made
 * @param earlierAttempts how many of these were made before it was last asked for once more
 * @param nextAttemptAt null once it ended
 * @param giveUpAt the last moment for an attempt
 * @param error why it ended without success; null otherwise
 */
@Document("webhook_deliveries")
@CompoundIndex(name = "endpoint_due", def = "{endpoint_key: 1, next_attempt_at: 1}")
@CompoundIndex(name = "log", def = "{organization_id: 1, webhook_id: 1, created_at: -1, _id: -1}")
@CompoundIndex(def = "{ended_at: 1}", sparse = true)
record DeliveryDocument(
        @Id String key,
        OrganizationId organizationId,
        String deliveryId,
        String webhookId,
        int channel,
        String endpointKey,
        Channel.Kind kind,
        String eventId,
        String eventType,
        String event,
        DeliveryStatus status,
        @Nullable List<Attempt> attempts,
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

    static DeliveryDocument of(
            EventDocument event, WebhookDocument webhook, int channel, Instant now, Instant giveUpAt) {
        String id = PREFIX + EventIds.digest(event.eventId(), webhook.key(), String.valueOf(channel));
        return new DeliveryDocument(
                WebhookDocument.key(webhook.organizationId(), id),
                webhook.organizationId(),
                id,
                webhook.webhookId(),
                channel,
                new Endpoint(webhook.organizationId(), webhook.id(), channel).key(),
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

    @Override
    public List<Attempt> attempts() {
        return attempts == null ? List.of() : attempts;
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

    Endpoint endpoint() {
        return new Endpoint(organizationId, new WebhookId(webhookId), channel);
    }
}
