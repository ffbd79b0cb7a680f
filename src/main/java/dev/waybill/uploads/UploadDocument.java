package dev.waybill.uploads;

import dev.waybill.batches.BatchId;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * An upload as it is stored. Fields have the wire's names, so that filters need no translation.
 */
@Document("uploads")
@CompoundIndex(name = "by_bucket", def = "{namespace_id: 1, bucket_id: 1, created_at: -1}")
@CompoundIndex(name = "by_expiry", def = "{status: 1, expires_at: 1}")
record UploadDocument(
        @Id String key,
        String organizationId,
        String namespaceId,
        String bucketId,
        String uploadId,
        String filename,
        String contentType,
        @Nullable Long fileSizeBytes,
        @Nullable Long declaredSizeBytes,
        long maxSizeBytes,
        @Nullable String declaredHash,
        boolean sealed,
        int presignedUrlExpiration,
        String s3Key,
        Map<String, Object> metadata,
        boolean createObjectOnConfirm,
        @Nullable String blobProperty,
        @Nullable FieldType blobType,
        Map<String, Object> objectMetadata,
        @Nullable String uniqueKey,
        boolean skipDuplicates,
        boolean autoConfirm,
        @Nullable Boolean autoSubmitBatch,
        TaskStatus status,
        @Nullable String taskId,
        @Nullable String etag,
        @Nullable String fileHash,
        @Nullable VerificationEvidence verification,
        @Nullable String objectId,
        @Nullable String batchId,
        @Nullable Boolean duplicate,
        @Nullable String duplicateOfUploadId,
        @Nullable Boolean skippedUniqueKey,
        @Nullable String message,
        @Nullable String error,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant verifiedAt,
        @Nullable Instant completedAt) {

    static UploadDocument of(Upload upload) {
        Upload.File file = upload.file();
        Upload.Target target = upload.target();
        Upload.Outcome outcome = upload.outcome();
        return new UploadDocument(
                upload.scope().key(upload.id().value()),
                upload.scope().organization().value(),
                upload.scope().namespace().value(),
                upload.bucket().value(),
                upload.id().value(),
                file.filename(),
                file.contentType(),
                outcome.sizeBytes() == null ? file.sizeBytes() : outcome.sizeBytes(),
                file.sizeBytes(),
                file.maxBytes(),
                file.sha256(),
                file.sealed(),
                file.urlSeconds(),
                file.key().value(),
                upload.metadata(),
                target.createObject(),
                target.property(),
                target.type(),
                target.objectMetadata(),
                target.uniqueKey(),
                target.skipDuplicates(),
                target.autoConfirm(),
                target.autoSubmit() ? true : null,
                upload.status(),
                outcome.task() == null ? null : outcome.task().value(),
                outcome.etag(),
                outcome.hash() == null ? file.sha256() : outcome.hash(),
                outcome.evidence(),
                outcome.object() == null ? null : outcome.object().value(),
                outcome.batch() == null ? null : outcome.batch().value(),
                outcome.duplicate() ? true : null,
                outcome.duplicateOf() == null ? null : outcome.duplicateOf().value(),
                outcome.skippedUniqueKey() ? true : null,
                outcome.message(),
                outcome.error(),
                upload.createdAt(),
                upload.expiresAt(),
                outcome.verifiedAt(),
                outcome.completedAt());
    }

    Upload toUpload() {
        return new Upload(
                new UploadId(uploadId),
                new Scope(new OrganizationId(organizationId), new NamespaceId(namespaceId)),
                new BucketId(bucketId),
                new Upload.File(
                        filename,
                        contentType,
                        declaredSizeBytes,
                        maxSizeBytes,
                        declaredHash,
                        sealed,
                        presignedUrlExpiration,
                        new ObjectKey(s3Key)),
                new Upload.Target(
                        createObjectOnConfirm,
                        blobProperty,
                        blobType,
                        objectMetadata,
                        uniqueKey,
                        skipDuplicates,
                        autoConfirm,
                        Boolean.TRUE.equals(autoSubmitBatch)),
                metadata,
                status,
                outcome(),
                createdAt,
                expiresAt);
    }

    private Upload.Outcome outcome() {
        return new Upload.Outcome(
                taskId == null ? null : new TaskId(taskId),
                completedAt == null ? null : fileSizeBytes,
                etag,
                completedAt == null ? null : fileHash,
                verification,
                objectId == null ? null : new ObjectId(objectId),
                batchId == null ? null : new BatchId(batchId),
                Boolean.TRUE.equals(duplicate),
                duplicateOfUploadId == null ? null : new UploadId(duplicateOfUploadId),
                Boolean.TRUE.equals(skippedUniqueKey),
                message,
                error,
                verifiedAt,
                completedAt);
    }
}
