package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A {@link Delivery} as it is stored.
 *
 * @param attempts null where they were not read
 * @param earlierAttempts null as 0
 */
@Document("webhook_deliveries")
@CompoundIndex(name = "endpoint_due", def = "{endpoint: 1, next_attempt_at: 1}")
@CompoundIndex(name = "log", def = "{organization_id: 1, webhook_id: 1, created_at: -1, _id: -1}")
@CompoundIndex(def = "{ended_at: 1}", sparse = true)
record DeliveryDocument(
        @Id String key,
        String organizationId,
        String deliveryId,
        String webhookId,
        String endpoint,
        int channel,
        String kind,
        String eventId,
        String eventType,
        String event,
        String status,
        @Nullable List<Delivery.Attempt> attempts,
        int attemptCount,
        @Nullable Integer earlierAttempts,
        @Nullable Instant nextAttemptAt,
        Instant giveUpAt,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant endedAt) {

    static DeliveryDocument of(Delivery delivery) {
        return new DeliveryDocument(
                delivery.key(),
                delivery.organization().value(),
                delivery.id(),
                delivery.webhook().value(),
                delivery.endpoint().key(),
                delivery.channel(),
                delivery.kind().name(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.json(),
                delivery.status().name(),
                delivery.attempts(),
                delivery.attemptCount(),
                delivery.earlierAttempts(),
                delivery.nextAttemptAt(),
                delivery.giveUpAt(),
                delivery.error(),
                delivery.createdAt(),
                delivery.endedAt());
    }

    Delivery toDelivery() {
        return new Delivery(
                deliveryId,
                new OrganizationId(organizationId),
                new WebhookId(webhookId),
                channel,
                Channel.Kind.valueOf(kind),
                eventId,
                eventType,
                event,
                DeliveryStatus.valueOf(status),
                attempts == null ? List.of() : attempts,
                attemptCount,
                earlierAttempts == null ? 0 : earlierAttempts,
                nextAttemptAt,
                giveUpAt,
                error,
                createdAt,
                endedAt);
    }
}
