package dev.waybill.uploads;

import dev.waybill.batches.BatchId;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.tenancy.NamespaceId;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.verification.Announcement;
import dev.waybill.uploads.verification.VerificationEvidence;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.index.CompoundIndex;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.Unwrapped;
import org.springframework.data.mongodb.core.mapping.Unwrapped.OnEmpty;

/**
 * An upload, as stored. Fields have the wire's names, so that filters need no translation.
 *
 * @param status PENDING until its outcome is decided; PROCESSING while a task confirms it; COMPLETED, FAILED or
 *     CANCELED at last
 * @param expiresAt until when presigned URLs to PUT it work; a fresh one extends it
 */
@Document("uploads")
@CompoundIndex(name = "by_bucket", def = "{namespace_id: 1, bucket_id: 1, created_at: -1}")
@CompoundIndex(name = "by_expiry", def = "{status: 1, expires_at: 1}")
@CompoundIndex(
        name = "reserving",
        def = "{organization_id: 1}",
        partialFilter = "{" + UploadEntity.RESERVED + ": {$exists: true}}")
record UploadEntity(
        @Id String key,
        OrganizationId organizationId,
        NamespaceId namespaceId,
        @Field("bucket_id") BucketId bucket,
        UploadId uploadId,
        @Unwrapped(onEmpty = OnEmpty.USE_EMPTY) File file,
        @Unwrapped(onEmpty = OnEmpty.USE_EMPTY) Target target,
        Map<String, Object> metadata,
        TaskStatus status,
        @Unwrapped(onEmpty = OnEmpty.USE_EMPTY) Outcome outcome,
        Instant createdAt,
        Instant expiresAt) {

    static final String RESERVED = "reserved_bytes";

    /**
     * What the client declared of the file.
     *
     * @param sizeBytes at least 1; null when not declared
     * @param maxBytes the most that the organization's plan allowed when the upload was created
     * @param sha256 lower-case hexadecimal; null when not declared
     * @param sealed whether storage itself refuses other bytes and a second PUT
     * @param urlSeconds lifetime of the last URL to PUT it to
     * @param key the storage key of the bytes: staged until the upload has its outcome
     * @param reserved while the upload is open, how many bytes it holds of its organization's quota; null where there
     *     was none when it was created
     */
    record File(
            String filename,
            String contentType,
            @Field("declared_size_bytes") @Nullable Long sizeBytes,
            @Field("max_size_bytes") long maxBytes,
            @Field("declared_hash") @Nullable String sha256,
            boolean sealed,
            @Field("presigned_url_expiration") int urlSeconds,
            @Field("s3_key") ObjectKey key,
            @Field(RESERVED) @Nullable Long reserved) {

        File withUrl(int seconds) {
            return new File(filename, contentType, sizeBytes, maxBytes, sha256, sealed, seconds, key, reserved);
        }

        File endingAt(ObjectKey other) {
            return new File(filename, contentType, sizeBytes, maxBytes, sha256, sealed, urlSeconds, other, null);
        }
    }

    /**
     * What the file is to become.
     *
     * @param property the schema's property that the file fills; null only when no object is created
     * @param uniqueKey the value of the bucket's unique key in the object's metadata; null when the bucket has none
     * @param autoConfirm whether an unconfirmed upload is confirmed when it expires, if its bytes are in storage
     * @param movable true when the client left the property to the service, so that the bytes may be moved to another;
     *     else null
     * @param submitsBatch true when the object is processed at once, by a batch of its own; else null
     */
    record Target(
            @Field("create_object_on_confirm") boolean createObject,
            @Field("blob_property") @Nullable String property,
            @Field("blob_type") @Nullable FieldType type,
            @Field("blob_property_movable") @Nullable Boolean movable,
            Map<String, Object> objectMetadata,
            @Nullable String uniqueKey,
            boolean skipDuplicates,
            boolean autoConfirm,
            @Field("auto_submit_batch") @Nullable Boolean submitsBatch) {

        Target {
            movable = trueOrNull(movable);
            submitsBatch = trueOrNull(submitsBatch);
        }

        boolean autoSubmit() {
            return submitsBatch != null;
        }

        boolean isMovable() {
            return movable != null;
        }

        Target submittingBatch() {
            return new Target(
                    createObject,
                    property,
                    type,
                    movable,
                    objectMetadata,
                    uniqueKey,
                    skipDuplicates,
                    autoConfirm,
                    true);
        }

        /** The same with that property; null leaves it as it is. */
        Target movedTo(@Nullable PropertyChoice other) {
            return other == null
                    ? this
                    : new Target(
                            createObject,
                            other.name(),
                            other.type(),
                            movable,
                            objectMetadata,
                            uniqueKey,
                            skipDuplicates,
                            autoConfirm,
                            submitsBatch);
        }
    }

    /**
     * The outcome; everything is null until it is known.
     *
     * @param sizeBytes as declared, and once it is completed, as verified
     * @param hash SHA-256 where it is known, as declared at first, else the MD5 in the ETag, else null
     * @param object the one that the file became, or that had its bytes or its unique key before
     * @param duplicate true when the bucket had these bytes before, else null; {@code duplicateOf} is null when they
     *     came by no upload
     * @param skipped true when an object of the same unique key was left unchanged, and the file was not stored; else
     *     null
     */
    record Outcome(
            @Field("task_id") @Nullable TaskId task,
            @Field("file_size_bytes") @Nullable Long sizeBytes,
            @Nullable String etag,
            @Field("file_hash") @Nullable String hash,
            @Field("verification") @Nullable VerificationEvidence evidence,
            @Field("object_id") @Nullable ObjectId object,
            @Field("batch_id") @Nullable BatchId batch,
            @Nullable Boolean duplicate,
            @Field("duplicate_of_upload_id") @Nullable UploadId duplicateOf,
            @Field("skipped_unique_key") @Nullable Boolean skipped,
            @Nullable String message,
            @Nullable String error,
            @Nullable Instant verifiedAt,
            @Nullable Instant completedAt) {

        Outcome {
            duplicate = trueOrNull(duplicate);
            skipped = trueOrNull(skipped);
        }

        /** The outcome of a file that was not verified. */
        static Outcome without(File file, @Nullable TaskId task, @Nullable String error, @Nullable Instant at) {
            return new Outcome(
                    task,
                    file.sizeBytes(),
                    null,
                    file.sha256(),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    error,
                    null,
                    at);
        }

        boolean skippedUniqueKey() {
            return skipped != null;
        }
    }

    /** False is not stored. */
    private static @Nullable Boolean trueOrNull(@Nullable Boolean value) {
        return Boolean.TRUE.equals(value) ? value : null;
    }

    UploadId id() {
        return uploadId;
    }

    Scope scope() {
        return new Scope(organizationId, namespaceId);
    }

    /** The id identifies it: as a key of maps it is hashed often, and its metadata may be large. */
    @Override
    public int hashCode() {
        return uploadId.hashCode();
    }

    /** A copy whose object is processed at once. */
    UploadEntity autoSubmitting() {
        return with(file, target.submittingBatch(), status, outcome, expiresAt);
    }

    /** A copy with its bytes in that property; null leaves them where they are. */
    UploadEntity movedTo(@Nullable PropertyChoice other) {
        return other == null ? this : with(file, target.movedTo(other), status, outcome, expiresAt);
    }

    /** A copy with a URL of so many seconds that ends then. */
    UploadEntity renewed(Instant end, int urlSeconds) {
        return with(file.withUrl(urlSeconds), target, status, outcome, end);
    }

    /**
     * A copy with its outcome.
     *
     * @param at the storage key of its bytes from now on
     */
    UploadEntity ended(TaskStatus as, Outcome with, ObjectKey at) {
        return with(file.endingAt(at), target, as, with, expiresAt);
    }

    private UploadEntity with(
            File newFile, Target newTarget, TaskStatus newStatus, Outcome newOutcome, Instant newExpiresAt) {
        return new UploadEntity(
                key,
                organizationId,
                namespaceId,
                bucket,
                uploadId,
                newFile,
                newTarget,
                metadata,
                newStatus,
                newOutcome,
                createdAt,
                newExpiresAt);
    }

    /** How many bytes it holds of its organization's quota. */
    long reservedBytes() {
        Long reserved = file.reserved();
        return reserved == null ? 0 : reserved;
    }

    /** What its bytes are verified against. */
    Announcement announcement() {
        return new Announcement(
                uploadId.value(),
                scope(),
                bucket,
                file.key(),
                file.filename(),
                file.contentType(),
                file.sizeBytes(),
                file.maxBytes(),
                file.sha256(),
                target.type(),
                target.isMovable(),
                reservedBytes());
    }

    boolean isOpen() {
        return status == TaskStatus.PENDING || status == TaskStatus.PROCESSING;
    }

    boolean isDuplicate() {
        return outcome.duplicate() != null;
    }

    /** The signed constraints of a presigned PUT for this upload. */
    PutTerms putTerms(Duration lifetime) {
        return new PutTerms(
                file.key(),
                file.contentType(),
                lifetime,
                file.sizeBytes(),
                file.sealed() ? file.sha256() : null,
                file.sealed());
    }
}
