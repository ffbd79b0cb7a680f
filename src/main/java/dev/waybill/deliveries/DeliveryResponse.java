package dev.waybill.deliveries;

import dev.waybill.webhooks.EventJson;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A delivery as the API returns it. */
@Schema(name = "WebhookDelivery", description = "One event on its way to one channel of a webhook.")
record DeliveryResponse(
        @Schema(description = "Its id.", example = "dlv_0a1b2c3d4e5f60718293a4b5")
        String deliveryId,

        @Schema(description = "The webhook.", example = "wh_00a1b2c3d4e5f607")
        String webhookId,

        @Schema(
                description = "The event: what receivers tell repetitions apart by.",
                example = "evt_4c1b6a0f2d9e8b7a6c5d4e3f")
        String eventId,

        @Schema(description = "What happened.", example = "object.created")
        String eventType,

        @Schema(description = "Which of the webhook's channels, from 0.", example = "0")
        int channelIndex,

        @Schema(
                description = "The channel's kind.",
                allowableValues = {"webhook", "slack", "email"},
                example = "webhook")
        String channel,

        @Schema(
                description = "PENDING waits for its next attempt, DELIVERED was taken, DEAD was given up, CANCELED has"
                        + " no receiver any more.",
                allowableValues = {"PENDING", "DELIVERED", "DEAD", "CANCELED"},
                example = "DELIVERED")
        String status,

        @Schema(description = "How often it was tried.", example = "5")
        int attemptCount,

        @Schema(description = "When it is tried next.", example = "2026-11-21T09:31:00.123Z") @Nullable
        Instant nextAttemptAt,

        @Schema(description = "Why it ended without success.", example = "HTTP 500") @Nullable
        String error,

        @Schema(description = "When it was made.", example = "2026-11-21T09:30:00.123Z")
        Instant createdAt,

        @Schema(description = "When it ended.", example = "2026-11-21T09:30:10.123Z") @Nullable
        Instant endedAt,

        @Schema(description = "The event itself; not in lists.", example = "{\"event_type\": \"object.created\"}")
        @Nullable
        Map<String, Object> event,

        @Schema(description = "The latest attempts, the oldest first, 100 at most; not in lists.") @Nullable
        List<DeliveryEntity.Attempt> attempts) {

    static DeliveryResponse listed(DeliveryEntity delivery) {
        return of(delivery, null, null);
    }

    static DeliveryResponse whole(DeliveryEntity delivery) {
        return of(delivery, EventJson.readMap(delivery.event()), delivery.attempts());
    }

    private static DeliveryResponse of(
            DeliveryEntity delivery,
            @Nullable Map<String, Object> event,
            @Nullable List<DeliveryEntity.Attempt> attempts) {
        return new DeliveryResponse(
                delivery.deliveryId(),
                delivery.webhookId(),
                delivery.eventId(),
                delivery.eventType(),
                delivery.channel(),
                delivery.kind().wire(),
                delivery.status().name(),
                delivery.attemptCount(),
                delivery.nextAttemptAt(),
                delivery.error(),
                delivery.createdAt(),
                delivery.endedAt(),
                event,
                attempts);
    }
}
