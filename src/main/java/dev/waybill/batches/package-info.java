/**
 * Batches: groups of objects that pass through the tiers of extraction. A submitted batch ends, whatever crashes;
 * each object has one result for each tier, and a retry repeats only what it selects. Begin with {@code BatchService}
 * for the HTTP API and {@code BatchTask} for the flow from tier to tier.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.events",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "platform.storage",
            "tasks",
            "deletions",
            "namespaces",
            "buckets",
            "objects",
            "collections",
            "processing"
        })
package dev.waybill.batches;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
