package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.storage.ObjectKey;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The files of uploads, which objects may take; uploads implement it. */
public interface UploadedFiles {

    /** The upload's file, or empty when the bucket has no such upload. That of a duplicate is the first one's. */
    Optional<UploadedFile> find(Scope scope, BucketId bucket, String uploadId);

    /**
     * A file that was uploaded.
     *
     * @param status only that of a COMPLETED upload may be taken
     * @param key null when its bytes were not kept, or are text that stands in an object
     * @param text in place of bytes in storage
     * @param mediaType as the bytes show; null until they were looked at
     * @param etag null until the bytes were looked at
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
