package dev.waybill.submissions;

import dev.waybill.platform.storage.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The file of a submission: what its agent announced, and where it lies.
 *
 * @param fileType the media type as the agent told it; the PUT carries it
 * @param fileSizeBytes 1 byte to 5 GiB
 * @param s3Key where the bytes lie now: staged until they are verified
 * @param status as on the wire
 * @param urlEndsAt when the last URL that was given out for the key ends
 * @param etag of the bytes that were verified; null before
 * @param detectedType what those bytes show; null before
 */
record MediaFile(
        String fileName,
        String fileType,
        long fileSizeBytes,
        ObjectKey s3Key,
        String status,
        Instant urlEndsAt,
        @Nullable String etag,
        @Nullable String detectedType) {

    /** One that was announced just now. */
    static MediaFile pending(SubmissionFileRequest request, ObjectKey key, Instant urlEndsAt) {
        return new MediaFile(
                request.fileName(),
                request.fileType(),
                request.fileSize(),
                key,
                MediaStatus.PENDING.wire(),
                urlEndsAt,
                null,
                null);
    }

    boolean isCompleted() {
        return MediaStatus.COMPLETED.wire().equals(status);
    }

    /** Whether an agent announces the very same file again. */
    boolean isAnnouncedAs(SubmissionFileRequest request) {
        return fileName.equals(request.fileName())
                && fileType.equals(request.fileType())
                && fileSizeBytes == request.fileSize();
    }

    MediaFile withUrlUntil(Instant end) {
        return new MediaFile(
                fileName,
                fileType,
                fileSizeBytes,
                s3Key,
                status,
                end.isAfter(urlEndsAt) ? end : urlEndsAt,
                etag,
                detectedType);
    }

    /** @param at the final key of the bytes that were verified */
    MediaFile verified(ObjectKey at, String foundEtag, String foundType) {
        return new MediaFile(
                fileName, fileType, fileSizeBytes, at, MediaStatus.COMPLETED.wire(), urlEndsAt, foundEtag, foundType);
    }
}
