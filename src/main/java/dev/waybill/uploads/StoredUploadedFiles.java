package dev.waybill.uploads;

import dev.waybill.blobs.Blob;
import dev.waybill.blobs.UploadedFiles;
import dev.waybill.buckets.BucketId;
import dev.waybill.objects.Objects;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.uploads.verification.VerificationEvidence;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Adapter through which objects read the files of uploads. A file is available only while its bytes are stored: a
 * duplicate has the first one's bytes, one whose unique key existed has none, and one that changed another object has
 * them for as long as that object.
 */
@Component
class StoredUploadedFiles implements UploadedFiles {

    private final UploadStore uploads;
    private final Objects objects;

    StoredUploadedFiles(UploadStore uploads, Objects objects) {
        this.uploads = uploads;
        this.objects = objects;
    }

    @Override
    public Optional<UploadedFile> find(Scope scope, BucketId bucket, String uploadId) {
        return UploadId.isValid(uploadId)
                ? within(scope, bucket, new UploadId(uploadId)).map(upload -> file(scope, bucket, upload))
                : Optional.empty();
    }

    private UploadedFile file(Scope scope, BucketId bucket, UploadEntity upload) {
        UploadEntity.Outcome outcome = upload.outcome();
        if (outcome.duplicateOf() != null) {
            return within(scope, bucket, outcome.duplicateOf())
                    .map(first -> file(scope, bucket, first))
                    .orElseGet(() -> file(upload, null));
        }
        boolean isOwn =
                outcome.object() == null || outcome.object().equals(upload.id().objectId());
        if (isOwn && !upload.isDuplicate()) {
            VerificationEvidence evidence = outcome.evidence();
            boolean proven = evidence != null && evidence.checksum() != null;
            return new UploadedFile(
                    upload.status(),
                    upload.file().key(),
                    null,
                    upload.file().filename(),
                    outcome.sizeBytes(),
                    evidence == null ? null : evidence.detectedType(),
                    outcome.etag(),
                    proven ? upload.file().sha256() : null,
                    evidence == null ? null : evidence.charset());
        }
        return file(
                upload,
                Optional.ofNullable(outcome.object()).flatMap(id -> objects.find(scope, id)).stream()
                        .flatMap(object -> object.blobs().stream())
                        .filter(blob -> has(blob, upload))
                        .findFirst()
                        .orElse(null));
    }

    /** Whether the blob, whose bytes may have been replaced since, has those of the upload. */
    private static boolean has(Blob blob, UploadEntity upload) {
        String hash = upload.outcome().hash();
        return upload.isDuplicate()
                ? hash != null && (hash.equals(blob.sha256()) || hash.equals(blob.md5()))
                : upload.file().key().equals(blob.key());
    }

    /** @param blob null when its bytes are no longer stored */
    private static UploadedFile file(UploadEntity upload, @Nullable Blob blob) {
        return new UploadedFile(
                upload.status(),
                blob == null ? null : blob.key(),
                blob == null ? null : blob.inline(),
                upload.file().filename(),
                blob == null ? null : blob.sizeBytes(),
                blob == null ? null : blob.mimeType(),
                blob == null ? null : blob.etag(),
                blob == null ? null : blob.sha256(),
                blob == null ? null : blob.charset());
    }

    private Optional<UploadEntity> within(Scope scope, BucketId bucket, UploadId id) {
        return uploads.find(scope, id).filter(upload -> upload.bucket().equals(bucket));
    }
}
