package dev.waybill.deliveries;

import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.webhooks.EventJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An event in the outbox, as it is stored.
 *
 * @param event what receivers are sent
 * @param audience the ids of the webhooks that it is for: chosen when it is stored, so that neither a webhook that was
 *     made later nor a clock changes it
 * @param fanOutDue from when on the periodic job dispatches it to its webhooks; null once that is done
 */
@Document("webhook_events")
@CompoundIndex(def = "{fan_out_due: 1}", sparse = true)
@CompoundIndex(def = "{created_at: 1}")
record EventEntity(
        @Id String key,
        OrganizationId organizationId,
        String eventId,
        String eventType,
        String event,
        List<String> audience,
        Instant createdAt,
        @Nullable Instant fanOutDue) {

    static EventEntity of(PublicEvent event, List<String> audience, Instant now, @Nullable Instant fanOutDue) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("event_id", event.eventId());
        payload.put("event_type", event.eventType());
        payload.put("occurred_at", event.occurredAt().toString());
        NamespaceId namespace = event.namespace();
        if (namespace != null) {
            payload.put("namespace_id", namespace.value());
        }
        payload.put(
                "subject",
                Map.of("type", event.subject().type(), "id", event.subject().id()));
        payload.put("metadata", event.metadata());
        return new EventEntity(
                event.organization().key(event.eventId()),
                event.organization(),
                event.eventId(),
                event.eventType(),
                EventJson.write(payload),
                audience,
                now,
                fanOutDue);
    }

    /** The {@code _id}s of the webhooks that it is for. */
    List<String> webhookKeys() {
        return audience.stream().map(id -> organizationId.key(id)).toList();
    }
}
