/**
 * Bucket objects: one writer for all that creates them, updates, reads, and the walk that completes what a crash left
 * out. The row under an object's id is the commit point; unique indexes decide between duplicates, and events are
 * derived from the row. Begin with {@code ObjectWriter}, then {@code ObjectUpdates} and {@code ObjectWalk};
 * {@code Objects} is for other modules.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.events",
            "platform.fetch",
            "platform.tenancy",
            "platform.query",
            "platform.web",
            "platform.lists",
            "platform.mongo",
            "platform.storage",
            "auth",
            "quotas",
            "tasks",
            "deletions",
            "buckets",
            "blobs"
        })
package dev.waybill.objects;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
