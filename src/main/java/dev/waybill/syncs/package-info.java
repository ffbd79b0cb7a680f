/** Syncs: buckets that are kept as storage elsewhere is, one run after the other, and what became of each file. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.events",
            "platform.fetch",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.storage",
            "auth",
            "quotas",
            "tasks",
            "deletions",
            "namespaces",
            "buckets",
            "blobs",
            "objects",
            "batches",
            "connectors",
            "connections"
        })
package dev.waybill.syncs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
