package dev.waybill.uploads;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.FieldType;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.UniqueKeyPolicy;
import dev.waybill.objects.UploadOutcome;
import dev.waybill.objects.UploadReceipt;
import dev.waybill.objects.WriteDraft;
import dev.waybill.uploads.verification.VerificationResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Maps uploads to write drafts: each becomes one row under the id derived from its own. */
final class UploadDrafts {

    private UploadDrafts() {}

    /** The draft of an object or file, for an upload whose bytes were verified. */
    static WriteDraft of(UploadEntity upload, VerificationResult.Good good, UniqueKeyPolicy policy, Instant now) {
        UploadEntity.Target target = upload.target().movedTo(good.movedTo());
        Blob blob = new Blob(
                upload.id().blobId(),
                target.property() == null ? "" : target.property(),
                target.type() == null ? FieldType.BINARY : target.type(),
                null,
                good.key(),
                null,
                upload.file().filename(),
                good.sizeBytes(),
                good.mediaType(),
                good.etag().value(),
                good.promoted() == null ? null : good.promoted().etag().value(),
                good.sha256(),
                good.md5(),
                null,
                Map.of(),
                good.evidence().charset());
        BucketObject content = object(upload, List.of(blob), target.objectMetadata(), now);
        UploadReceipt receipt = new UploadReceipt(
                upload.id().value(),
                upload.file().filename(),
                target.createObject(),
                target.autoSubmit(),
                good.sizeBytes(),
                good.etag().value(),
                good.key() == null ? null : good.key().value(),
                good.hash(),
                good.evidence().toMap(),
                now,
                good.movedTo(),
                upload.expiresAt());
        WriteDraft draft = target.createObject()
                ? WriteDraft.object(content, target.uniqueKey(), policy, target.skipDuplicates(), receipt)
                : WriteDraft.file(content, target.skipDuplicates(), receipt);
        return draft.reserving(upload.reservedBytes());
    }

    /** The draft of a tombstone, for an upload that ends without a file. */
    static WriteDraft tombstone(UploadEntity upload, UploadOutcome uploadOutcome, Instant now) {
        UploadReceipt receipt = new UploadReceipt(
                upload.id().value(),
                upload.file().filename(),
                upload.target().createObject(),
                false,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null,
                upload.expiresAt());
        return WriteDraft.tombstone(object(upload, List.of(), Map.of(), now), uploadOutcome, receipt, now);
    }

    private static BucketObject object(
            UploadEntity upload, List<Blob> blobs, Map<String, Object> metadata, Instant now) {
        return BucketObject.draft(upload.id().objectId(), upload.scope(), upload.bucket(), null, blobs, metadata, now);
    }
}
