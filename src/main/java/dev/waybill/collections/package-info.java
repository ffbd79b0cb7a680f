/**
 * Collections, and the documents that one extractor emits for the objects of a bucket or the documents of another
 * collection. Repeating an extraction replaces documents and never doubles them, and they are deleted together with
 * their object. Begin with {@code CollectionService} and {@code ExtractedDocuments}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.json",
            "platform.tenancy",
            "platform.query",
            "platform.lists",
            "platform.mongo",
            "platform.storage",
            "auth",
            "tasks",
            "deletions",
            "namespaces",
            "buckets",
            "blobs",
            "objects",
            "extraction"
        })
package dev.waybill.collections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
