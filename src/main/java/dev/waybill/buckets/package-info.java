/** Buckets: containers of objects, each with a name, a schema and usage counters. */
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
            "tasks",
            "deletions",
            "namespaces"
        })
package dev.waybill.buckets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
