package dev.waybill.webhooks;

import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.events.EventOutbox;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.OrganizationId;
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
 * Keeps events that webhooks ask for, in the thread of who publishes them, and with each event for which webhooks it is.
 * What is published just now is for all that ask for it as far as is known here: no clock that is behind another can
 * lose it. What is made up for is for those only that asked for it already when it occurred.
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
        keep(wanted(published, (webhook, event) -> webhook.wants(event.eventType())));
    }

    @Override
    public void makeUp(List<PublicEvent> published) {
        List<EventEntity> wanted =
                wanted(published, (webhook, event) -> webhook.wantedThen(event.eventType(), event.occurredAt()));
        if (!wanted.isEmpty()) {
            Set<String> there =
                    events.existing(wanted.stream().map(EventEntity::key).toList());
            keep(wanted.stream().filter(event -> !there.contains(event.key())).toList());
        }
    }

    private List<EventEntity> wanted(List<PublicEvent> published, BiPredicate<Webhook, PublicEvent> wants) {
        Map<OrganizationId, List<Webhook>> subscribed = subscriptions.of(
                published.stream().map(PublicEvent::organization).collect(Collectors.toSet()));
        Instant now = clock.instant();
        List<EventEntity> wanted = new ArrayList<>();
        for (PublicEvent event : published) {
            List<String> audience = subscribed.getOrDefault(event.organization(), List.of()).stream()
                    .filter(webhook -> wants.test(webhook, event))
                    .map(webhook -> webhook.id().value())
                    .toList();
            if (!audience.isEmpty()) {
                wanted.add(EventEntity.of(event, audience, now, now.plus(properties.fanOutPatience())));
            }
        }
        return wanted;
    }

    private void keep(List<EventEntity> wanted) {
        if (!wanted.isEmpty()) {
            List<EventEntity> kept = events.insertAll(wanted);
            faults.reach("webhooks.event-written");
            fanOut.handOutSoon(kept);
        }
    }
}
