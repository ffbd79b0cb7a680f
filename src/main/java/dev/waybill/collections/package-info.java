/** Collections: what one extractor makes of a bucket or of another collection, and the documents that it made. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
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
            "objects"
        })
package dev.waybill.collections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
