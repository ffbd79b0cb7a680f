package dev.waybill.deliveries;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.webhooks.Channel;
import dev.waybill.webhooks.Endpoint;
import dev.waybill.webhooks.EventTypes;
import dev.waybill.webhooks.Webhook;
import dev.waybill.webhooks.WebhookId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * The delivery of one event to one channel of a webhook, as it is stored.
 *
 * @param deliveryId derived from the event, the webhook and the channel
 * @param event what receivers are sent
 * @param attempts the latest of them, the oldest first; null where they were not read
 * @param attemptCount all that were made
 * @param earlierAttempts how many of these were made before its latest redelivery was requested
 * @param nextAttemptAt null once it ended
 * @param giveUpAt the last moment for an attempt
 * @param error why it ended without success; null otherwise
 */
@Document("webhook_deliveries")
@CompoundIndex(name = "endpoint_due", def = "{endpoint_key: 1, next_attempt_at: 1}")
@CompoundIndex(name = "log", def = "{organization_id: 1, webhook_id: 1, created_at: -1, _id: -1}")
@CompoundIndex(def = "{ended_at: 1}", sparse = true)
record DeliveryEntity(
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
     * One delivery attempt, as it is stored and returned.
     *
     * @param status of HTTP; null when there was no answer, and for email
     * @param error null when it was a success
     * @param excerpt the beginning of the answer
     * @param retryAfterSeconds the {@code Retry-After} of a 429 or 503; null without one
     */
    @Schema(name = "WebhookAttempt", description = "One try.")
    record Attempt(
            @Schema(
                    description = "What it was made for: `initial` the event, `retry` after a failure, `redelivery` on"
                            + " request, `test` for a test event.",
                    example = "retry")
            AttemptTrigger trigger,

            @Schema(description = "When it began.", example = "2026-11-21T09:30:00.123Z")
            Instant at,

            @Schema(description = "How long it took, in milliseconds.", example = "42") @JsonProperty("duration_ms")
            long durationMillis,

            @Schema(description = "The status that was answered; left out without an answer.", example = "500")
            @JsonProperty("status_code")
            @Nullable
            Integer status,

            @Schema(description = "What went wrong; left out when it was taken.", example = "HTTP 500") @Nullable
            String error,

            @Schema(description = "The beginning of the answer.", example = "oops")
            @JsonProperty("response_excerpt")
            @Nullable
            String excerpt,

            @Schema(
                    description = "How many seconds a 429 or 503 asked to wait, by `Retry-After`; left out when it did"
                            + " not.",
                    example = "30")
            @Nullable
            Long retryAfterSeconds) {}

    static DeliveryEntity of(EventEntity event, Webhook webhook, int channel, Instant now, Instant giveUpAt) {
        String id = PREFIX + EventIds.digest(event.eventId(), webhook.key(), String.valueOf(channel));
        return new DeliveryEntity(
                webhook.organizationId().key(id),
                webhook.organizationId(),
                id,
                webhook.id().value(),
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

    /** Attempts since it was created, or since its latest redelivery was requested. */
    int attemptsInRun() {
        return attemptCount - earlierAttempts;
    }

    /** The trigger of the next attempt. */
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
