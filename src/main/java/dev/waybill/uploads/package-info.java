/** Uploads: presigned URLs, confirm, batch confirm, expiry. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.events",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.mongo",
            "platform.redis",
            "platform.storage",
            "auth",
            "quotas",
            "tasks",
            "deletions",
            "namespaces",
            "buckets",
            "blobs",
            "objects",
            "batches"
        })
package dev.waybill.uploads;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
