/**
 * Webhooks: which events an organization subscribes to, and the channels that they go to. A change takes effect at
 * once on its own instance and within 2 seconds on the others; secrets are shown once and stored encrypted. Begin
 * with {@code WebhookService}; {@code Webhook} and {@code Webhooks} are what deliveries use.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.fetch",
            "platform.secrets",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "auth"
        })
package dev.waybill.webhooks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
