/**
 * Uploads: create with a presigned URL, confirm, batch confirm, expiry. Confirm is idempotent and crash-safe: whoever
 * repeats it gets the outcome that was decided by the row under the upload's derived id. Begin with
 * {@code UploadController}, then {@code UploadFactory} and {@code UploadConfirmation}.
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
            "platform.storage",
            "auth",
            "quotas",
            "tasks",
            "deletions",
            "buckets",
            "blobs",
            "objects",
            "batches"
        })
package dev.waybill.uploads;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
