package dev.waybill.submissions;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.waybill.platform.storage.ObjectKey;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The file of a submission, as it is stored and returned: what its agent announced, and its storage key.
 *
 * @param fileType the media type that the agent declared, application/octet-stream when it declared none; the PUT
 *     carries it
 * @param fileSizeBytes 0 bytes to 5 GiB
 * @param s3Key the key of the bytes: staged until they are verified
 * @param status as on the wire
 * @param urlEndsAt when the last URL that was signed for the key expires
 * @param etag of the bytes that were verified; null before
 * @param detectedType the type detected from those bytes; null before
 */
@Schema(name = "SubmissionMedia")
record MediaFile(
        @Schema(description = "Its name.", example = "lighthouse.png")
        String fileName,

        @Schema(description = "Its media type, as the agent announced it.", example = "image/png")
        String fileType,

        @Schema(description = "Its size in bytes.", example = "204800")
        long fileSizeBytes,

        @JsonIgnore ObjectKey s3Key,

        @Schema(
                description = "`completed` once the bytes were verified.",
                example = "completed",
                allowableValues = {"pending", "completed"})
        String status,

        @JsonIgnore Instant urlEndsAt,
        @JsonIgnore @Nullable String etag,

        @Nullable @Schema(description = "The media type that the bytes show; left out before.", example = "image/png")
        String detectedType) {

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
