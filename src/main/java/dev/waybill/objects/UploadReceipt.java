package dev.waybill.objects;

import dev.waybill.buckets.PropertyChoice;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of the confirm of an upload, stored with the row that it wrote: the upload's status is derived from it
 * alone, by whoever writes that.
 *
 * @param uploadId {@code upl_...}
 * @param filename as the client named it
 * @param makesObject whether the upload creates an object
 * @param submitsBatch whether a batch is submitted to process the object
 * @param s3Key the final key of the bytes that this confirm promoted; null when it promoted none
 * @param hash the SHA-256 or else the MD5 of the bytes; null where neither is known
 * @param verification the evidence, as JSON values
 * @param verifiedAt null when the bytes were never verified
 * @param movedTo the property that the bytes fit, when it is another than that of the upload; null otherwise
 * @param uploadEndsAt until when the upload may be confirmed again
 */
public record UploadReceipt(
        String uploadId,
        String filename,
        boolean makesObject,
        boolean submitsBatch,
        @Nullable Long sizeBytes,
        @Nullable String etag,
        @Nullable String s3Key,
        @Nullable String hash,
        Map<String, Object> verification,
        @Nullable Instant verifiedAt,
        @Nullable PropertyChoice movedTo,
        Instant uploadEndsAt) {}
