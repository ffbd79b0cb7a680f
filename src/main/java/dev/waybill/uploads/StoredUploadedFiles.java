package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.Blob;
import dev.waybill.objects.Objects;
import dev.waybill.objects.UploadedFiles;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lends uploads' files to objects. */
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
                ? within(scope, bucket, new UploadId(uploadId)).flatMap(upload -> file(scope, bucket, upload))
                : Optional.empty();
    }

    /** The bytes of a duplicate lie where the first one's are: with an upload, or with an object that none made. */
    private Optional<UploadedFile> file(Scope scope, BucketId bucket, Upload upload) {
        UploadId original = upload.outcome().duplicateOf();
        if (original != null) {
            return within(scope, bucket, original)
                    .map(first -> file(first, first.file().key()));
        }
        if (!upload.isDuplicate() || upload.outcome().object() == null) {
            return Optional.of(file(upload, upload.file().key()));
        }
        @Nullable
        ObjectKey key = objects.find(scope, upload.outcome().object())
                .flatMap(object -> object.blobs().stream().findFirst())
                .map(Blob::key)
                .orElse(null);
        return Optional.of(file(upload, key == null ? upload.file().key() : key));
    }

    private Optional<Upload> within(Scope scope, BucketId bucket, UploadId id) {
        return uploads.find(scope, id).filter(upload -> upload.bucket().equals(bucket));
    }

    private static UploadedFile file(Upload upload, ObjectKey key) {
        VerificationEvidence evidence = upload.outcome().evidence();
        boolean proven = evidence != null && evidence.checksum() != null;
        return new UploadedFile(
                upload.status(),
                key,
                upload.file().filename(),
                upload.outcome().sizeBytes(),
                evidence == null ? null : evidence.detectedType(),
                upload.outcome().etag(),
                proven ? upload.file().sha256() : null);
    }
}
