package dev.waybill.uploads;

import dev.waybill.blobs.BlobKeys;
import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.BucketContents;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.storage.ObjectStorage;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;

/** Uploads go with their bucket, and what was put for them first; what they became goes with its rows. */
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
    public void purge(Bucket bucket, LongConsumer removed, BooleanSupplier stop) {
        while (!stop.getAsBoolean()) {
            List<Upload> page = uploads.page(bucket.scope(), bucket.id(), PAGE);
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
            uploads.removeAll(bucket.scope(), page.stream().map(Upload::id).toList());
            removed.accept(page.size());
        }
    }
}
