package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * A {@link BucketObject} as it is stored.
 *
 * @param sizeBytes of all blobs together
 * @param writtenAt when the document was written, told by the writer itself: unlike {@code updatedAt}, which a caller
 *     may have taken long before, it is never far behind what a reader can see, so changes are found by it
 */
@Document(ObjectDocument.COLLECTION)
record ObjectDocument(
        @Id String key,
        String namespaceId,
        String organizationId,
        String bucketId,
        String objectId,
        @Nullable String keyPrefix,
        List<BlobDocument> blobs,
        Map<String, Object> metadata,
        String status,
        @Nullable String error,
        long sizeBytes,
        Instant createdAt,
        Instant updatedAt,
        Instant writtenAt) {

    static final String COLLECTION = "objects";

    static ObjectDocument of(BucketObject object, Instant writtenAt) {
        Scope scope = object.scope();
        return new ObjectDocument(
                scope.key(object.id().value()),
                scope.namespace().value(),
                scope.organization().value(),
                object.bucket().value(),
                object.id().value(),
                object.keyPrefix(),
                object.blobs().stream().map(BlobDocument::of).toList(),
                JsonValues.toStored(object.metadata()),
                object.status().name(),
                object.error(),
                sizeOf(object),
                object.createdAt(),
                object.updatedAt(),
                writtenAt);
    }

    BucketObject toObject() {
        return new BucketObject(
                new ObjectId(objectId),
                new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId)),
                new BucketId(bucketId),
                keyPrefix,
                blobs.stream().map(BlobDocument::toBlob).toList(),
                JsonValues.fromStored(metadata),
                TaskStatus.valueOf(status),
                error,
                createdAt,
                updatedAt);
    }

    static long sizeOf(BucketObject object) {
        return object.blobs().stream().mapToLong(ObjectDocument::bytes).sum();
    }

    private static long bytes(Blob blob) {
        Long size = blob.sizeBytes();
        return size == null ? 0 : size;
    }

    /**
     * A {@link Blob} as it is stored.
     *
     * @param data inline content
     * @param properties the blob's own metadata
     */
    record BlobDocument(
            String blobId,
            String property,
            String type,
            @Nullable String keyPrefix,
            @Nullable String storageKey,
            @Nullable Object data,
            @Nullable String filename,
            @Nullable Long sizeBytes,
            @Nullable String mimeType,
            @Nullable String etag,
            @Nullable String sha256,
            @Nullable String url,
            Map<String, Object> properties) {

        static BlobDocument of(Blob blob) {
            ObjectKey key = blob.key();
            return new BlobDocument(
                    blob.id(),
                    blob.property(),
                    blob.type().wire(),
                    blob.keyPrefix(),
                    key == null ? null : key.value(),
                    JsonValues.toStored(blob.inline()),
                    blob.filename(),
                    blob.sizeBytes(),
                    blob.mimeType(),
                    blob.etag(),
                    blob.sha256(),
                    blob.url(),
                    JsonValues.toStored(blob.metadata()));
        }

        Blob toBlob() {
            return new Blob(
                    blobId,
                    property,
                    FieldType.of(type),
                    keyPrefix,
                    storageKey == null ? null : new ObjectKey(storageKey),
                    JsonValues.fromStored(data),
                    filename,
                    sizeBytes,
                    mimeType,
                    etag,
                    sha256,
                    url,
                    JsonValues.fromStored(properties));
        }
    }
}
