/** Batches: groups of objects on their way through the tiers of extraction. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.events",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.storage",
            "auth",
            "tasks",
            "deletions",
            "extraction",
            "namespaces",
            "buckets",
            "blobs",
            "objects",
            "collections"
        })
package dev.waybill.batches;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
