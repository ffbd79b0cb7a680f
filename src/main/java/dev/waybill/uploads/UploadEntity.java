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
 * A file on its way in, as it is stored. Fields have the wire's names, so that filters need no translation.
 *
 * @param status PENDING until it is settled; PROCESSING while a task confirms it; COMPLETED, FAILED or CANCELED at last
 * @param expiresAt until when presigned URLs to PUT it work; a fresh one moves it
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
     * What the client said of the file.
     *
     * @param sizeBytes at least 1; null when the client did not say
     * @param maxBytes the most that the organization's plan allowed when the upload was made
     * @param sha256 lower-case hexadecimal; null when the client did not say
     * @param sealed whether storage itself refuses other bytes and a second PUT
     * @param urlSeconds how long the last URL to PUT it to was to work
     * @param key where the bytes lie now: staged until the upload has its end
     * @param reserved while the upload is open, how many bytes it holds of its organization's quota; null where there was
     *     none when it was made
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
     * What becomes of the file.
     *
     * @param property the schema's property that the file fills; null only when no object is made
     * @param uniqueKey what the bucket's unique key of the object's metadata is known by; null when the bucket has none
     * @param autoConfirm whether an upload that nobody confirmed is confirmed when it expires, if its bytes are there
     * @param movable true when the client left the property to the service, so that the bytes may go to another; else null
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
     * What came of it; everything is null until it is known.
     *
     * @param sizeBytes as announced, and once it is completed, as verified
     * @param hash SHA-256 where it is known, as announced at first, else the MD5 that the ETag says, else null
     * @param object the one that the file became, or that had its bytes or its unique key before
     * @param duplicate true when the bucket had these bytes before, else null; {@code duplicateOf} is null when no upload
     *     brought them
     * @param skipped true when an object of the same unique key was left as it is, and the file was not kept; else null
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

        /** That of a file that nobody verified. */
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

    /** What is not so is not stored. */
    private static @Nullable Boolean trueOrNull(@Nullable Boolean told) {
        return Boolean.TRUE.equals(told) ? told : null;
    }

    UploadId id() {
        return uploadId;
    }

    Scope scope() {
        return new Scope(organizationId, namespaceId);
    }

    /** The id tells it apart: as a key of maps it is hashed often, and its metadata may be large. */
    @Override
    public int hashCode() {
        return uploadId.hashCode();
    }

    /** The same, with its object to be processed at once. */
    UploadEntity autoSubmitting() {
        return with(file, target.submittingBatch(), status, outcome, expiresAt);
    }

    /** The same with its bytes in that property; null leaves them where they are. */
    UploadEntity movedTo(@Nullable PropertyChoice other) {
        return other == null ? this : with(file, target.movedTo(other), status, outcome, expiresAt);
    }

    /** The same with a URL of so many seconds that ends then. */
    UploadEntity renewed(Instant end, int urlSeconds) {
        return with(file.withUrl(urlSeconds), target, status, outcome, end);
    }

    /**
     * The same as it ended.
     *
     * @param at where its bytes lie from now on
     */
    UploadEntity ended(TaskStatus as, Outcome with, ObjectKey at) {
        return with(file.endingAt(at), target, as, with, expiresAt);
    }

    private UploadEntity with(File kept, Target asked, TaskStatus as, Outcome with, Instant end) {
        return new UploadEntity(
                key, organizationId, namespaceId, bucket, uploadId, kept, asked, metadata, as, with, createdAt, end);
    }

    /** How many bytes it holds of its organization's quota. */
    long reservedBytes() {
        Long reserved = file.reserved();
        return reserved == null ? 0 : reserved;
    }

    /** What its bytes are held against. */
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

    /** What a presigned PUT for this upload binds the client to, for as long as the upload has left. */
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
