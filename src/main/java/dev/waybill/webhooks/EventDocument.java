package dev.waybill.webhooks;

import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A {@link StoredEvent} as it is stored.
 *
 * @param fanOutDue from when on the periodic job hands it to its webhooks; null once that is done
 */
@Document(EventDocument.COLLECTION)
@CompoundIndex(def = "{fan_out_due: 1}", sparse = true)
@CompoundIndex(def = "{created_at: 1}")
record EventDocument(
        @Id String key,
        String organizationId,
        String eventId,
        String eventType,
        String event,
        Instant createdAt,
        @Nullable Instant fanOutDue) {

    static final String COLLECTION = "webhook_events";

    static EventDocument of(StoredEvent event, Instant fanOutDue) {
        return new EventDocument(
                event.key(),
                event.organization().value(),
                event.id(),
                event.type(),
                event.json(),
                event.createdAt(),
                fanOutDue);
    }

    StoredEvent toEvent() {
        return new StoredEvent(eventId, new OrganizationId(organizationId), eventType, event, createdAt);
    }
}
