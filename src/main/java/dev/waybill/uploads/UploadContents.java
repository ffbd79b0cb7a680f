package dev.waybill.uploads;

import dev.waybill.blobs.BlobKeys;
import dev.waybill.buckets.BucketContents;
import dev.waybill.buckets.BucketId;
import dev.waybill.deletions.DeletionPass;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.platform.tenancy.Scope;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Deletes the uploads of a bucket together with it, their staged bytes first; what they became is deleted with its own
 * rows.
 */
@Component
class UploadContents implements BucketContents {

    private static final int PAGE = 500;

    private final UploadStore uploads;
    private final ObjectStorage storage;

    UploadContents(UploadStore uploads, ObjectStorage storage) {
        this.uploads = uploads;
        this.storage = storage;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public void purge(Scope scope, BucketId bucket, DeletionPass deletionPass) {
        while (!deletionPass.stopped()) {
            List<UploadEntity> page = uploads.page(scope, bucket, PAGE);
            if (page.isEmpty()) {
                return;
            }
            List<ObjectKey> staged = page.stream()
                    .map(upload -> upload.file().key())
                    .filter(BlobKeys::isStaged)
                    .toList();
            if (!staged.isEmpty()) {
                storage.deleteAll(staged);
            }
            uploads.removeAll(scope, page.stream().map(UploadEntity::id).toList());
            deletionPass.removed(page.size());
        }
    }
}
