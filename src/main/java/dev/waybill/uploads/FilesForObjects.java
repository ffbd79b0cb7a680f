package dev.waybill.uploads;

import dev.waybill.buckets.BucketId;
import dev.waybill.objects.UploadedFiles;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lends uploads' files to objects. */
@Component
class FilesForObjects implements UploadedFiles {

    private static final int ID_SEGMENT = 3;

    private final UploadStore uploads;

    FilesForObjects(UploadStore uploads) {
        this.uploads = uploads;
    }

    @Override
    public Optional<UploadedFile> find(Scope scope, BucketId bucket, String uploadId) {
        return UploadId.isValid(uploadId)
                ? within(scope, bucket, new UploadId(uploadId))
                        .flatMap(upload -> first(scope, bucket, upload))
                        .map(FilesForObjects::file)
                : Optional.empty();
    }

    /**
     * One that made no object of its own stays confirmed, and an open one may still be. When it has looked for its place
     * among objects of a unique key, they alone have it, or nobody.
     */
    @Override
    public boolean keeps(Scope scope, ObjectKey key) {
        String[] segments = key.value().split("/");
        if (segments.length <= ID_SEGMENT || !UploadId.isValid(segments[ID_SEGMENT])) {
            return false;
        }
        return uploads.find(scope, new UploadId(segments[ID_SEGMENT]))
                .filter(upload -> upload.file().key().equals(key))
                .filter(upload -> (upload.isOpen() && upload.outcome().placingAt() == null)
                        || (upload.status() == TaskStatus.COMPLETED
                                && !upload.target().createObject()))
                .isPresent();
    }

    private Optional<Upload> first(Scope scope, BucketId bucket, Upload upload) {
        UploadId original = upload.outcome().duplicateOf();
        return original == null ? Optional.of(upload) : within(scope, bucket, original);
    }

    private Optional<Upload> within(Scope scope, BucketId bucket, UploadId id) {
        return uploads.find(scope, id).filter(upload -> upload.bucket().equals(bucket));
    }

    private static UploadedFile file(Upload upload) {
        Evidence evidence = upload.outcome().evidence();
        boolean proven = evidence != null && evidence.checksum() != null;
        return new UploadedFile(
                upload.status(),
                upload.file().key(),
                upload.file().filename(),
                upload.outcome().sizeBytes(),
                evidence == null ? null : evidence.detectedType(),
                upload.outcome().etag(),
                proven ? upload.file().sha256() : null);
    }
}
