package dev.waybill.webhooks;

import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An event as it is kept.
 *
 * @param event what receivers are sent
 * @param audience the ids of the webhooks that it is for: chosen when it is kept, so that none that was made later, and
 *     no clock, has a part in it
 * @param fanOutDue from when on the periodic job hands it to its webhooks; null once that is done
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
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("event_id", event.eventId());
        told.put("event_type", event.eventType());
        told.put("occurred_at", event.occurredAt().toString());
        NamespaceId namespace = event.namespace();
        if (namespace != null) {
            told.put("namespace_id", namespace.value());
        }
        told.put(
                "subject",
                Map.of("type", event.subject().type(), "id", event.subject().id()));
        told.put("metadata", event.metadata());
        return new EventEntity(
                event.organization().key(event.eventId()),
                event.organization(),
                event.eventId(),
                event.eventType(),
                EventJson.write(told),
                audience,
                now,
                fanOutDue);
    }

    /** The {@code _id}s of the webhooks that it is for. */
    List<String> webhookKeys() {
        return audience.stream().map(id -> organizationId.key(id)).toList();
    }
}
