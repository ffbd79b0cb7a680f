package dev.waybill.webhooks;

import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event as it was kept.
 *
 * @param json what receivers are sent
 */
record StoredEvent(String id, OrganizationId organization, String type, String json, Instant createdAt) {

    static StoredEvent of(PublicEvent event, Instant now) {
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
        return new StoredEvent(event.eventId(), event.organization(), event.eventType(), EventJson.write(told), now);
    }

    String key() {
        return Webhook.key(organization, id);
    }
}
