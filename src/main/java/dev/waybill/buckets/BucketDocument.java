package dev.waybill.buckets;

import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A bucket as it is stored.
 *
 * @param bucketName of one that is being deleted: a tilde and its id, which no name can be
 * @param bucketSchema the properties by name
 */
@Document(BucketDocument.COLLECTION)
@CompoundIndex(name = "namespace_name", def = "{namespace_id: 1, bucket_name: 1}", unique = true)
@CompoundIndex(name = "namespace_created", def = "{namespace_id: 1, created_at: -1, _id: -1}")
@CompoundIndex(name = "organization", def = "{organization_id: 1}")
record BucketDocument(
        @Id String key,
        String organizationId,
        String namespaceId,
        String bucketId,
        String bucketName,
        @Nullable String description,
        Map<String, Object> bucketSchema,
        @Nullable UniqueKey uniqueKey,
        Map<String, Object> metadata,
        TaskStatus status,
        boolean isLocked,
        long objectCount,
        long totalSizeBytes,
        long maxSizeBytes,
        long minSizeBytes,
        @Nullable Instant lastUploadAt,
        @Nullable Instant statsUpdatedAt,
        Instant createdAt,
        Instant updatedAt) {

    static final String COLLECTION = "buckets";

    static BucketDocument of(Bucket bucket) {
        BucketUsage usage = bucket.usage();
        return new BucketDocument(
                bucket.scope().key(bucket.id().value()),
                bucket.scope().organization().value(),
                bucket.scope().namespace().value(),
                bucket.id().value(),
                bucket.name(),
                bucket.description(),
                SchemaDocuments.write(bucket.schema()),
                bucket.uniqueKey(),
                bucket.metadata(),
                bucket.status(),
                bucket.locked(),
                usage.objectCount(),
                usage.totalBytes(),
                usage.maxBytes(),
                usage.minBytes(),
                usage.lastUploadAt(),
                usage.computedAt(),
                bucket.createdAt(),
                bucket.updatedAt());
    }

    Bucket toBucket() {
        return new Bucket(
                new BucketId(bucketId),
                new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId)),
                bucketName,
                description,
                SchemaDocuments.read(bucketSchema),
                uniqueKey,
                metadata,
                status,
                isLocked,
                new BucketUsage(objectCount, totalSizeBytes, maxSizeBytes, minSizeBytes, lastUploadAt, statsUpdatedAt),
                createdAt,
                updatedAt);
    }
}
