package dev.waybill.deliveries;

import dev.waybill.auth.Caller;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.WaybillException;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.query.Fields;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.webhooks.EventTypes;
import dev.waybill.webhooks.Webhook;
import dev.waybill.webhooks.Webhooks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Use cases of the HTTP API for deliveries: list, read, redeliver, send a test event. */
@Component
class DeliveryService {

    static final Fields FIELDS = Fields.builder()
            .token("delivery_id", "event_id", "event_type", "status")
            .instant("created_at")
            .build();

    private final Webhooks webhooks;
    private final DeliveryStore deliveries;
    private final FanOut fanOut;
    private final DeliveryScheduler scheduler;
    private final IdGenerator ids;
    private final DeliveryProperties properties;
    private final InstantSource clock;

    DeliveryService(
            Webhooks webhooks,
            DeliveryStore deliveries,
            FanOut fanOut,
            DeliveryScheduler scheduler,
            IdGenerator ids,
            DeliveryProperties properties,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.fanOut = fanOut;
        this.scheduler = scheduler;
        this.ids = ids;
        this.properties = properties;
        this.clock = clock;
    }

    Page<DeliveryEntity> list(Caller caller, String identifier, ListQuery query) {
        Webhook webhook = webhook(caller, identifier);
        return deliveries.page(webhook.organizationId(), webhook.id(), query, FIELDS);
    }

    DeliveryEntity get(Caller caller, String identifier, String deliveryId) {
        return find(webhook(caller, identifier), deliveryId);
    }

    /** Redelivers the same event under the same id. */
    DeliveryEntity redeliver(Caller caller, String identifier, String deliveryId) {
        Webhook webhook = webhook(caller, identifier);
        DeliveryEntity delivery = find(webhook, deliveryId);
        requireActive(webhook);
        Instant now = clock.instant();
        DeliveryEntity redelivered = deliveries
                .redeliver(delivery, now, now.plus(properties.giveUpAfter()))
                .orElseThrow(() -> WaybillException.notFound("delivery", deliveryId));
        scheduler.probe(List.of(redelivered.endpoint()));
        return redelivered;
    }

    /** Sends a test event to this webhook alone, whatever it subscribes to. */
    List<DeliveryEntity> test(Caller caller, String identifier) {
        Webhook webhook = webhook(caller, identifier);
        requireActive(webhook);
        Instant now = clock.instant();
        PublicEvent event = new PublicEvent(
                ids.next("evt_"),
                EventTypes.TEST,
                webhook.organizationId(),
                null,
                now,
                new PublicEvent.Subject("webhook", webhook.id().value()),
                Map.of("webhook_name", webhook.webhookName()));
        return fanOut.deliver(webhook, EventEntity.of(event, List.of(), now, null));
    }

    private Webhook webhook(Caller caller, String identifier) {
        return webhooks.find(caller.organization(), identifier)
                .orElseThrow(() -> WaybillException.notFound("webhook", identifier));
    }

    private DeliveryEntity find(Webhook webhook, String deliveryId) {
        return deliveries
                .find(webhook.organizationId(), webhook.id(), deliveryId)
                .orElseThrow(() -> WaybillException.notFound("delivery", deliveryId));
    }

    private static void requireActive(Webhook webhook) {
        Webhook.Pause paused = webhook.paused();
        if (paused != null) {
            throw new WaybillException(
                    ErrorCode.WEBHOOK_PAUSED,
                    "Webhook '%s' is paused (%s). Resume it first.".formatted(webhook.webhookName(), paused.reason()),
                    Map.of("resource", "webhook", "id", webhook.id().value()));
        }
    }
}
