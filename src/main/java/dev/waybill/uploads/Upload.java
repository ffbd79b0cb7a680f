package dev.waybill.uploads;

import dev.waybill.batches.BatchId;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.FieldType;
import dev.waybill.objects.ObjectId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.PutTerms;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way in.
 *
 * @param status PENDING until it is settled; PROCESSING while a task confirms it; COMPLETED, FAILED or CANCELED at last
 * @param expiresAt until when presigned URLs to PUT it work; a fresh one moves it
 */
record Upload(
        UploadId id,
        Scope scope,
        BucketId bucket,
        File file,
        Target target,
        Map<String, Object> metadata,
        TaskStatus status,
        Outcome outcome,
        Instant createdAt,
        Instant expiresAt) {

    /**
     * What the client said of the file.
     *
     * @param sizeBytes at least 1; null when the client did not say
     * @param maxBytes the most that the organization's plan allowed when the upload was made
     * @param sha256 lower-case hexadecimal; null when the client did not say
     * @param sealed whether storage itself refuses other bytes and a second PUT
     * @param urlSeconds how long the last URL to PUT it to was to work
     * @param key where the bytes lie now: staged until the upload has its end
     */
    record File(
            String filename,
            String contentType,
            @Nullable Long sizeBytes,
            long maxBytes,
            @Nullable String sha256,
            boolean sealed,
            int urlSeconds,
            ObjectKey key) {

        File with(int seconds, ObjectKey other) {
            return new File(filename, contentType, sizeBytes, maxBytes, sha256, sealed, seconds, other);
        }
    }

    /**
     * What becomes of the file.
     *
     * @param property the schema's property that the file fills; null only when no object is made
     * @param uniqueKey what the bucket's unique key of the object's metadata is known by; null when the bucket has none
     * @param autoSubmit whether the object is processed at once, by a batch of its own
     * @param autoConfirm whether an upload that nobody confirmed is confirmed when it expires, if its bytes are there
     */
    record Target(
            boolean createObject,
            @Nullable String property,
            @Nullable FieldType type,
            Map<String, Object> objectMetadata,
            @Nullable String uniqueKey,
            boolean skipDuplicates,
            boolean autoConfirm,
            boolean autoSubmit) {}

    /**
     * What came of it; everything is null until it is known.
     *
     * @param object the one that the file became, or that had its bytes or its unique key before
     * @param duplicate whether the bucket had these bytes before; {@code duplicateOf} is null when no upload brought them
     * @param skippedUniqueKey whether an object of the same unique key was left as it is, and the file was not kept
     * @param hash SHA-256 where it is known, else the MD5 that the ETag says, else null
     */
    record Outcome(
            @Nullable TaskId task,
            @Nullable Long sizeBytes,
            @Nullable String etag,
            @Nullable String hash,
            @Nullable VerificationEvidence evidence,
            @Nullable ObjectId object,
            @Nullable BatchId batch,
            boolean duplicate,
            @Nullable UploadId duplicateOf,
            boolean skippedUniqueKey,
            @Nullable String message,
            @Nullable String error,
            @Nullable Instant verifiedAt,
            @Nullable Instant completedAt) {

        static final Outcome NONE = without(null, null, null);

        /** That of an upload without a file. */
        static Outcome without(@Nullable TaskId task, @Nullable String error, @Nullable Instant at) {
            return new Outcome(task, null, null, null, null, null, null, false, null, false, null, error, null, at);
        }
    }

    /** The id tells it apart: as a key of maps it is hashed often, and its metadata may be large. */
    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The same, with its object to be processed at once. */
    Upload autoSubmitting() {
        Target asked = new Target(
                target.createObject(),
                target.property(),
                target.type(),
                target.objectMetadata(),
                target.uniqueKey(),
                target.skipDuplicates(),
                target.autoConfirm(),
                true);
        return new Upload(id, scope, bucket, file, asked, metadata, status, outcome, createdAt, expiresAt);
    }

    /** The same with a URL of so many seconds that ends then. */
    Upload renewed(Instant end, int urlSeconds) {
        File asked = file.with(urlSeconds, file.key());
        return new Upload(id, scope, bucket, asked, target, metadata, status, outcome, createdAt, end);
    }

    /**
     * The same as it ended.
     *
     * @param key where its bytes lie from now on
     */
    Upload ended(TaskStatus as, Outcome with, ObjectKey key) {
        File kept = file.with(file.urlSeconds(), key);
        return new Upload(id, scope, bucket, kept, target, metadata, as, with, createdAt, expiresAt);
    }

    boolean isOpen() {
        return status == TaskStatus.PENDING || status == TaskStatus.PROCESSING;
    }

    boolean isDuplicate() {
        return outcome.duplicate();
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
