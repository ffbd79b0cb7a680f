/**
 * Bytes in managed storage: ingestion, staging, promotion to final keys, removal of orphans, reconciliation. A final
 * key is written once and has one owner for its whole life; what no row names is removed, and nothing that a row
 * names is. Begin with {@code BlobIngestion} and {@code Promotion}; rows that name keys are a {@code BlobOwner}.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "platform.ids",
            "platform.errors",
            "platform.formats",
            "platform.fetch",
            "platform.tenancy",
            "platform.storage",
            "auth",
            "quotas",
            "tasks",
            "namespaces",
            "buckets"
        })
package dev.waybill.blobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
