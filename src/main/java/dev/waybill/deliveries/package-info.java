/**
 * Deliveries of events to the channels of webhooks, one delivery for each event and channel. Each gets at least one
 * attempt until it is given up, whatever crashes, and a slow or silent endpoint delays only its own queue. Begin with
 * {@code WebhookOutbox}, where events come in, then {@code FanOut} and {@code DeliveryTask}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.events",
            "platform.fetch",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "auth",
            "tasks",
            "webhooks"
        })
package dev.waybill.deliveries;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
