/** Syncs: mirror files of external storage into buckets, run by run, with a ledger of the state of each file. */
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
