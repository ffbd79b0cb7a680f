/**
 * The work on one object in one tier of a batch: each step of the tier gives the object's blobs, or the documents of
 * the tier below, to an extractor and stores the documents that it emits. Repeating it replaces documents and never
 * doubles them, and nothing is written for a batch whose lease was lost. Begin with {@code ObjectProcessor.process}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.tenancy",
            "platform.mongo",
            "platform.storage",
            "tasks",
            "buckets",
            "blobs",
            "objects",
            "extraction",
            "collections"
        })
package dev.waybill.processing;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
