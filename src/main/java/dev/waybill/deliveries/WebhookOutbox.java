package dev.waybill.deliveries;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.webhooks.EventSubscriptions;
import dev.waybill.webhooks.Webhook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * The outbox of events: stores those that webhooks subscribe to, in the publisher's thread, each with the ids of its
 * webhooks. What is published just now is for all that subscribe to it as far as is known here: no clock that is behind
 * another can lose it. What is made up for later is for those only that subscribed already when it occurred.
 */
@Component
class WebhookOutbox implements EventOutbox {

    private final EventSubscriptions subscriptions;
    private final EventStore events;
    private final FanOut fanOut;
    private final DeliveryProperties properties;
    private final FaultPoints faults;
    private final InstantSource clock;

    WebhookOutbox(
            EventSubscriptions subscriptions,
            EventStore events,
            FanOut fanOut,
            DeliveryProperties properties,
            FaultPoints faults,
            InstantSource clock) {
        this.subscriptions = subscriptions;
        this.events = events;
        this.fanOut = fanOut;
        this.properties = properties;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public void publish(List<PublicEvent> published) {
        store(subscribed(published, (webhook, event) -> webhook.subscribesTo(event.eventType())));
    }

    @Override
    public void publishMissing(List<PublicEvent> published) {
        List<EventEntity> subscribed =
                subscribed(published, (webhook, event) -> webhook.subscribedAt(event.eventType(), event.occurredAt()));
        if (!subscribed.isEmpty()) {
            Set<String> existing =
                    events.existing(subscribed.stream().map(EventEntity::key).toList());
            store(subscribed.stream()
                    .filter(event -> !existing.contains(event.key()))
                    .toList());
        }
    }

    private List<EventEntity> subscribed(List<PublicEvent> published, BiPredicate<Webhook, PublicEvent> filter) {
        Map<OrganizationId, List<Webhook>> webhooks = subscriptions.of(
                published.stream().map(PublicEvent::organization).collect(Collectors.toSet()));
        Instant now = clock.instant();
        List<EventEntity> subscribed = new ArrayList<>();
        for (PublicEvent event : published) {
            List<String> webhookIds = webhooks.getOrDefault(event.organization(), List.of()).stream()
                    .filter(webhook -> filter.test(webhook, event))
                    .map(webhook -> webhook.id().value())
                    .toList();
            if (!webhookIds.isEmpty()) {
                subscribed.add(EventEntity.of(event, webhookIds, now, now.plus(properties.fanOutPatience())));
            }
        }
        return subscribed;
    }

    private void store(List<EventEntity> batch) {
        if (!batch.isEmpty()) {
            List<EventEntity> stored = events.insertAll(batch);
            faults.reach("webhooks.event-written");
            fanOut.dispatchSoon(stored);
        }
    }
}
