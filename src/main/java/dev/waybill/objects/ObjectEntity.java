package dev.waybill.objects;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.index.Indexed;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.query.Update;

/**
 * The stored document of an {@link ObjectRow}.
 *
 * @param bucketId the bucket's id for objects; other kinds have a suffix ({@code bkt_1/files}, {@code bkt_1/ended}), so
 *     that no list and no count of the bucket includes them
 * @param sizeBytes of all blobs together
 * @param writtenAt when the document was written, by the writer's clock: unlike {@code updatedAt}, which a caller may
 *     have taken long before, it is never far behind what a reader can see, so changes are found by it
 */
@Document(ObjectEntity.COLLECTION)
// For lists by age in both directions, and for counting a bucket, which with the size at the end reads no document.
@CompoundIndex(name = "bucket_by_age", def = "{namespace_id: 1, bucket_id: 1, created_at: 1, _id: 1, size_bytes: 1}")
// For the usage sweep and the walk over recent changes.
@CompoundIndex(name = "changed", def = "{written_at: 1, namespace_id: 1, organization_id: 1, bucket_id: 1}")
// For the owner of a storage key.
@CompoundIndex(name = "bytes", def = "{namespace_id: 1, 'blobs.storage_key': 1}")
// The claims: of two rows of a bucket and kind with the same dedupe key or unique key, one is written.
@CompoundIndex(name = "one_by_dedupe_keys", def = "{namespace_id: 1, bucket_id: 1, dedupe_keys: 1}", unique = true)
@CompoundIndex(name = "one_by_unique_key", def = "{namespace_id: 1, bucket_id: 1, unique_key: 1}", unique = true)
record ObjectEntity(
        @Id String key,
        NamespaceId namespaceId,
        OrganizationId organizationId,
        String bucketId,
        ObjectId objectId,
        ObjectRow.Kind kind,
        @Nullable String keyPrefix,
        List<BlobEntity> blobs,
        Map<String, Object> metadata,
        Map<String, Object> instants,
        @Nullable String searchText,
        String status,
        @Nullable String error,
        long sizeBytes,
        Instant createdAt,
        Instant updatedAt,
        Instant writtenAt,
        long version,
        List<String> dedupeKeys,
        String uniqueKey,
        List<String> applied,
        @Nullable UploadReceipt receipt,
        @Nullable UploadOutcome ending,
        ObjectRow.@Nullable Existing existing,

        @Indexed(name = "garbage", partialFilter = "{garbage: {$exists: true}}") @Nullable
        List<ObjectKey> garbage,

        @Indexed(name = "purge", partialFilter = "{purge_at: {$exists: true}}") @Nullable
        Instant purgeAt) {

    static final String COLLECTION = "objects";

    private static final String ENDED = "/ended";

    static ObjectEntity of(ObjectRow row, Instant writtenAt) {
        BucketObject object = row.object();
        Scope scope = object.scope();
        MetadataIndex index = MetadataIndex.of(object.metadata());
        return new ObjectEntity(
                scope.key(object.id().value()),
                scope.namespace(),
                scope.organization(),
                partition(object.bucket(), row.kind()),
                object.id(),
                row.kind(),
                object.keyPrefix(),
                object.blobs().stream().map(BlobEntity::of).toList(),
                JsonValues.toStored(object.metadata()),
                index.instants(),
                index.searchText(),
                object.status().name(),
                object.error(),
                sizeOf(object),
                object.createdAt(),
                object.updatedAt(),
                writtenAt,
                object.version(),
                row.dedupeKeys(),
                row.uniqueKey(),
                row.applied(),
                row.receipt(),
                row.ending(),
                row.existing(),
                row.garbage().isEmpty() ? null : row.garbage(),
                row.purgeAt());
    }

    /** The value of {@code bucket_id} in a row of that kind. */
    static String partition(BucketId bucket, ObjectRow.Kind kind) {
        return switch (kind) {
            case OBJECT -> bucket.value();
            case FILE -> bucket.value() + "/files";
            case TOMBSTONE, DUPLICATE, KEPT, INTO -> bucket.value() + ENDED;
        };
    }

    /** The values of {@code bucket_id} in rows of these kinds. */
    static List<String> partitions(BucketId bucket, ObjectRow.Kind... kinds) {
        return Arrays.stream(kinds)
                .map(kind -> partition(bucket, kind))
                .distinct()
                .toList();
    }

    /** Whether a stored {@code bucket_id} is that of tombstones and markers. */
    static boolean isOfEnded(String partition) {
        return partition.endsWith(ENDED);
    }

    /** The bucket that a stored {@code bucket_id} belongs to. */
    static BucketId bucketOf(String partition) {
        int slash = partition.indexOf('/');
        return new BucketId(slash < 0 ? partition : partition.substring(0, slash));
    }

    BucketObject toObject() {
        return new BucketObject(
                objectId,
                new Scope(organizationId, namespaceId),
                bucketOf(bucketId),
                keyPrefix,
                blobs.stream().map(BlobEntity::toBlob).toList(),
                JsonValues.fromStored(metadata),
                TaskStatus.valueOf(status),
                error,
                createdAt,
                updatedAt,
                version);
    }

    ObjectRow toRow() {
        return new ObjectRow(
                kind,
                toObject(),
                dedupeKeys,
                uniqueKey,
                applied,
                receipt,
                ending,
                existing,
                garbage == null ? List.of() : garbage,
                purgeAt);
    }

    /** The update of an earlier version of the same row to this one; increments the version. */
    Update change() {
        Update update = new Update()
                .set("kind", kind)
                .set("bucketId", bucketId)
                .set("keyPrefix", keyPrefix)
                .set("blobs", blobs)
                .set("metadata", metadata)
                .set("instants", instants)
                .set("searchText", searchText)
                .set("sizeBytes", sizeBytes)
                .set("updatedAt", updatedAt)
                .set("writtenAt", writtenAt)
                .set("dedupeKeys", dedupeKeys)
                .set("uniqueKey", uniqueKey)
                .set("applied", applied)
                .inc("version", 1);
        if (garbage != null) {
            update.set("garbage", garbage);
        }
        if (ending != null) {
            update.set("ending", ending).set("purgeAt", purgeAt);
        }
        return update;
    }

    static long sizeOf(BucketObject object) {
        return object.blobs().stream()
                .map(Blob::sizeBytes)
                .flatMap(Stream::ofNullable)
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * The stored form of a {@link Blob}.
     *
     * @param data inline content
     * @param properties the blob's own metadata
     */
    record BlobEntity(
            String blobId,
            String property,
            String type,
            @Nullable String keyPrefix,
            @Nullable ObjectKey storageKey,
            @Nullable Object data,
            @Nullable String filename,
            @Nullable Long sizeBytes,
            @Nullable String mimeType,
            @Nullable String etag,
            @Nullable String storedEtag,
            @Nullable String sha256,
            @Nullable String md5,
            @Nullable String url,
            Map<String, Object> properties,
            @Nullable String charset) {

        static BlobEntity of(Blob blob) {
            return new BlobEntity(
                    blob.id(),
                    blob.property(),
                    blob.type().wire(),
                    blob.keyPrefix(),
                    blob.key(),
                    JsonValues.toStored(blob.inline()),
                    blob.filename(),
                    blob.sizeBytes(),
                    blob.mimeType(),
                    blob.etag(),
                    blob.storedEtag(),
                    blob.sha256(),
                    blob.md5(),
                    blob.url(),
                    JsonValues.toStored(blob.metadata()),
                    blob.charset());
        }

        Blob toBlob() {
            return new Blob(
                    blobId,
                    property,
                    FieldType.of(type),
                    keyPrefix,
                    storageKey,
                    JsonValues.fromStored(data),
                    filename,
                    sizeBytes,
                    mimeType,
                    etag,
                    storedEtag,
                    sha256,
                    md5,
                    url,
                    JsonValues.fromStored(properties),
                    charset);
        }
    }
}
