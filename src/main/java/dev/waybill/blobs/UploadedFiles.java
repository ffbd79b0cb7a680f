package dev.waybill.blobs;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port to the files of uploads that blobs may be created from; the uploads module implements it. */
public interface UploadedFiles {

    /** The upload's file; of a duplicate, that of the existing one. Empty when the bucket has no such upload. */
    Optional<UploadedFile> find(Scope scope, BucketId bucket, String uploadId);

    /**
     * The file of an upload.
     *
     * @param status only the file of a COMPLETED upload may be used
     * @param key null when its bytes were not stored, or are inline text of an object
     * @param text instead of bytes in storage
     * @param mediaType as detected from the bytes; null until they were verified
     * @param etag null until the bytes were verified
     * @param sha256 null where it is not known
     * @param charset of text; null when it is none, or where that is not known
     */
    record UploadedFile(
            TaskStatus status,
            @Nullable ObjectKey key,
            @Nullable Object text,
            String filename,
            @Nullable Long sizeBytes,
            @Nullable String mediaType,
            @Nullable String etag,
            @Nullable String sha256,
            @Nullable String charset) {}
}
