/** Receipts of long-running work, the queue that carries it and the workers that do it. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.health",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.redis",
            "platform.storage",
            "auth"
        })
package dev.waybill.tasks;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
