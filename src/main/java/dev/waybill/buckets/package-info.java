/**
 * Buckets: a schema, a unique key, a name, usage counters. Metadata is checked against the schema before anything is
 * written, and a deleted bucket is invisible at once and emptied by a task. Begin with {@code BucketService} for the
 * HTTP API and {@code Buckets} for other modules.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.json",
            "platform.events",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "auth",
            "tasks",
            "deletions",
            "namespaces"
        })
package dev.waybill.buckets;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
