/**
 * Syncs: the HTTP API of scheduled imports from a connection into a bucket, their runs and ledgers. Each file of a
 * source has one row that says what became of it, whatever crashes. Begin with {@code SyncController}; the engine is
 * in {@code syncs.runs}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.json",
            "platform.events",
            "platform.fetch",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "platform.storage",
            "accounts",
            "auth",
            "quotas",
            "tasks",
            "deletions",
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
