/** Webhooks: who wants to hear of what, and the deliveries. It listens to the others; nobody depends on it. */
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
