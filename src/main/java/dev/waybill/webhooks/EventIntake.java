package dev.waybill.webhooks;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.OrganizationId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Keeps events that somebody wants to hear of, in the thread of who publishes them. Where nobody listens, it takes one
 * read, however many events there are.
 */
@Component
class EventIntake implements EventOutbox {

    private final WebhookStore webhooks;
    private final EventStore events;
    private final FanOut fanOut;
    private final WebhookProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    EventIntake(
            WebhookStore webhooks,
            EventStore events,
            FanOut fanOut,
            WebhookProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.events = events;
        this.fanOut = fanOut;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public boolean wants(OrganizationId organization, String eventType) {
        return webhooks.anyWants(organization, eventType);
    }

    @Override
    public void makeUp(List<PublicEvent> events) {
        publish(events);
    }

    @Override
    public void publish(List<PublicEvent> published) {
        Map<OrganizationId, List<PublicEvent>> byOwner =
                published.stream().collect(Collectors.groupingBy(PublicEvent::organization));
        byOwner.forEach(this::take);
    }

    private void take(OrganizationId organization, List<PublicEvent> published) {
        Set<String> types = published.stream().map(PublicEvent::eventType).collect(Collectors.toSet());
        Set<String> wanted = webhooks.wanting(organization, types).stream()
                .flatMap(webhook -> webhook.eventTypes().stream())
                .collect(Collectors.toSet());
        Instant now = clock.instant();
        List<EventDocument> kept = published.stream()
                .filter(event -> wanted.contains(event.eventType()))
                .map(event -> EventDocument.of(event, now, now.plus(properties.fanOutPatience())))
                .toList();
        if (kept.isEmpty()) {
            return;
        }
        events.insertAll(kept);
        faults.reach("webhooks.event-written");
        fanOut.submit(kept);
    }
}
