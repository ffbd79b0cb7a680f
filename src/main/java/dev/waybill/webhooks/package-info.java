/**
 * Webhooks: subscriptions to events, the outbox, and deliveries with retries. It implements the event outbox of the
 * platform; no module depends on it.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.events",
            "platform.fetch",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.secrets",
            "auth",
            "tasks"
        })
package dev.waybill.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
