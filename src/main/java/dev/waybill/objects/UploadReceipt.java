package dev.waybill.objects;

import dev.waybill.buckets.PropertyChoice;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the confirm of an upload found, kept with what it wrote: the upload's own status follows from it alone, whoever
 * writes that.
 *
 * @param uploadId {@code upl_...}
 * @param filename as the client named it
 * @param makesObject whether the upload asked for an object
 * @param submitsBatch whether a batch of its own is to process the object
 * @param s3Key the final key of the bytes that this confirm promoted; null when it promoted none
 * @param hash the SHA-256 or else the MD5 of the bytes; null where neither is known
 * @param verification the evidence, as JSON values
 * @param verifiedAt null when the bytes were never looked at
 * @param movedTo the property that the bytes fit, when it is another than the upload was made for; null otherwise
 * @param uploadEndsAt until when the upload may be asked for again
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
