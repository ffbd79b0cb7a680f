/**
 * Bucket objects: create, read, list, aggregate, update and delete; blob ingestion, deduplication and usage counters.
 */
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
            "platform.redis",
            "platform.storage",
            "auth",
            "quotas",
            "tasks",
            "deletions",
            "namespaces",
            "buckets",
            "blobs"
        })
package dev.waybill.objects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
