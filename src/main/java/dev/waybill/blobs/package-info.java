/** Blobs in storage: staging and final keys, promotion, garbage collection of orphans, reconciliation. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.mongo",
            "platform.storage",
            "platform.tenancy",
            "platform.web",
            "auth",
            "tasks",
            "namespaces"
        })
package dev.waybill.blobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
