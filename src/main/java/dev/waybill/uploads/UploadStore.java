package dev.waybill.uploads;

import dev.waybill.batches.BatchId;
import dev.waybill.blobs.Blob;
import dev.waybill.buckets.BucketId;
import dev.waybill.buckets.PropertyChoice;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectId;
import dev.waybill.objects.UploadCompletion;
import dev.waybill.objects.UploadReceipt;
import dev.waybill.objects.WriteResult;
import dev.waybill.platform.query.ListQuery;
import dev.waybill.platform.query.Page;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.OrganizationId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.Task;
import dev.waybill.tasks.TaskId;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.verification.VerificationEvidence;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Port for the repository of uploads. Changes of status are conditional on the upload still being open, and return
 * whether they happened: of any number of concurrent instances, one wins.
 */
interface UploadStore {

    /**
     * Inserts new uploads, in one round trip; one of an id that exists stays unchanged.
     *
     * @throws dev.waybill.platform.errors.WaybillException 503 when it is not known whether they were stored
     */
    void insertAll(List<UploadEntity> uploads);

    Optional<UploadEntity> find(Scope scope, UploadId id);

    /** Those that exist, in any order. */
    List<UploadEntity> findAll(Scope scope, Collection<UploadId> ids);

    /** Those of the given uploads that are open, in any order; of all tenants, for the walk. */
    List<UploadEntity> open(Collection<UploadCompletion.UploadRef> uploads);

    /**
     * Stores the outcomes of open uploads of one scope, in one round trip; those that have one keep it.
     *
     * @param ends at least one
     * @return the uploads as they are now, in no order, without those that were removed
     */
    List<UploadEntity> completeAll(List<Settled> ends);

    /**
     * From PENDING to PROCESSING, by the task of that id. False when it was not PENDING, perhaps because the response
     * to this very write was lost: read the upload to find out.
     */
    boolean startTask(Scope scope, UploadId id, TaskId task);

    /** From PROCESSING by that task back to PENDING, with an error message. False as with {@link #startTask}. */
    boolean endTask(Scope scope, UploadId id, TaskId task, String error);

    /**
     * Extends the expiry of a PENDING upload, never shortens it.
     *
     * @param renewed the upload with its later expiry, and the seconds of its URL
     * @param expiredSince one that expired before then is not extended
     * @return the upload as it is now, whether that is renewed or not; empty when it was removed
     */
    Optional<UploadEntity> renew(UploadEntity renewed, Instant expiredSince);

    Page<UploadEntity> list(Scope scope, BucketId bucket, ListQuery query);

    /** Sums over everything that the query matches, not over one page. */
    UploadListStats stats(Scope scope, BucketId bucket, ListQuery query);

    /**
     * Open uploads that expired before then, the longest expired first; of all tenants, for the periodic job.
     *
     * @param after the last one of the page before; null for the first page
     */
    List<UploadEntity> expired(Instant before, @Nullable UploadEntity after, int max);

    /** Open uploads that reserve bytes of their organization's quota, or may yet, in no order. */
    List<UploadEntity> reserving(OrganizationId organization);

    /** Some uploads of a bucket, for purging. */
    List<UploadEntity> page(Scope scope, BucketId bucket, int max);

    /** Removes the documents themselves. */
    void removeAll(Scope scope, Collection<UploadId> ids);

    /**
     * The outcome of an upload, to be stored.
     *
     * @param status COMPLETED, FAILED or CANCELED
     * @param movedTo the property that its bytes were moved to, when it is another than it was created for; null
     *     otherwise
     * @param key the storage key of its bytes from now on
     * @param keepsBytes whether the staged bytes stay, until garbage collection removes them for their age
     */
    record Settled(
            UploadEntity upload,
            TaskStatus status,
            UploadEntity.Outcome outcome,
            @Nullable PropertyChoice movedTo,
            ObjectKey key,
            boolean keepsBytes) {

        /** Its file became an object, or a part of one, or a file without an object. */
        static Settled own(
                UploadEntity upload,
                @Nullable UploadReceipt receipt,
                @Nullable ObjectId object,
                @Nullable Task processing,
                String message,
                Instant now) {
            TaskId task = processing == null ? upload.outcome().task() : processing.id();
            BatchId batch = processing == null ? null : upload.id().batchId();
            ObjectKey key = receipt == null || receipt.s3Key() == null ? null : new ObjectKey(receipt.s3Key());
            return completed(upload, receipt, object, task, batch, false, null, false, message, now, key);
        }

        /** The bucket had its bytes before. */
        static Settled duplicate(
                UploadEntity upload,
                @Nullable UploadReceipt receipt,
                WriteResult.Existing first,
                String message,
                Instant now) {
            ObjectId object = upload.target().createObject() ? first.id() : null;
            UploadId original = first.uploadId() == null ? null : new UploadId(first.uploadId());
            TaskId task = upload.outcome().task();
            String property = upload.target().movedTo(movedTo(receipt)).property();
            ObjectKey key = first.object() == null ? null : keyOf(first.object(), property);
            return completed(upload, receipt, object, task, null, true, original, false, message, now, key);
        }

        /** An object had its unique key before, and stays unchanged. */
        static Settled kept(
                UploadEntity upload, @Nullable UploadReceipt receipt, ObjectId first, String message, Instant now) {
            TaskId task = upload.outcome().task();
            return completed(upload, receipt, first, task, null, false, null, true, message, now, null);
        }

        /** It ended without a file. */
        static Settled without(
                UploadEntity upload, TaskStatus status, @Nullable String error, Instant now, boolean keepsBytes) {
            UploadEntity.Outcome outcome =
                    UploadEntity.Outcome.without(upload.file(), upload.outcome().task(), error, now);
            return new Settled(upload, status, outcome, null, upload.file().key(), keepsBytes);
        }

        private static Settled completed(
                UploadEntity upload,
                @Nullable UploadReceipt receipt,
                @Nullable ObjectId object,
                @Nullable TaskId task,
                @Nullable BatchId batch,
                boolean duplicate,
                @Nullable UploadId duplicateOf,
                boolean skipped,
                String message,
                Instant now,
                @Nullable ObjectKey key) {
            Long sizeBytes = receipt == null ? null : receipt.sizeBytes();
            String hash = receipt == null ? null : receipt.hash();
            UploadEntity.Outcome outcome = new UploadEntity.Outcome(
                    task,
                    sizeBytes == null ? upload.file().sizeBytes() : sizeBytes,
                    receipt == null ? null : receipt.etag(),
                    hash == null ? upload.file().sha256() : hash,
                    receipt == null ? null : VerificationEvidence.of(receipt.verification()),
                    object,
                    batch,
                    duplicate,
                    duplicateOf,
                    skipped,
                    message,
                    null,
                    receipt == null ? now : receipt.verifiedAt(),
                    now);
            return new Settled(
                    upload,
                    TaskStatus.COMPLETED,
                    outcome,
                    movedTo(receipt),
                    key == null ? upload.file().key() : key,
                    false);
        }

        private static @Nullable PropertyChoice movedTo(@Nullable UploadReceipt receipt) {
            return receipt == null ? null : receipt.movedTo();
        }

        /** The storage key at which an object has the bytes of a duplicate. */
        private static @Nullable ObjectKey keyOf(BucketObject object, @Nullable String property) {
            return object.blobs().stream()
                    .filter(blob -> property == null || property.equals(blob.property()))
                    .map(Blob::key)
                    .flatMap(Stream::ofNullable)
                    .findFirst()
                    .orElse(null);
        }

        /** The upload with this outcome. */
        UploadEntity stored() {
            return upload.movedTo(movedTo).ended(status, outcome, key);
        }
    }
}
