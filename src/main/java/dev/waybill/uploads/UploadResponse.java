package dev.waybill.uploads;

import dev.waybill.platform.storage.PresignedUrl;
import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.verification.VerificationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Schema(description = "An upload. What is not known is left out.")
record UploadResponse(
        @Schema(description = "Its id.", example = "upl_0VXsK2aQ3nB8xYz1")
        String uploadId,

        @Schema(description = "The bucket that it goes into.", example = "bkt_0VXsK2aQ3nB8xYz1")
        String bucketId,

        @Schema(description = "The file's name.", example = "photo.jpg")
        String filename,

        @Schema(description = "The media type that the client announced.", example = "image/jpeg")
        String contentType,

        @Schema(
                description = "The size in bytes: as announced, and once it is confirmed, as verified.",
                example = "204800")
        @Nullable
        Long fileSizeBytes,

        @Schema(
                description = "Where to PUT the bytes, or, of a completed upload, where to GET them. Left out for"
                        + " duplicates, and in lists unless asked for.",
                example = "https://storage.example.com/waybill/...")
        @Nullable
        String presignedUrl,

        @Schema(
                description = "For how many seconds the last URL to PUT was to work: from creation on, or from when it"
                        + " was asked for afresh.",
                example = "3600")
        int presignedUrlExpiration,

        @Schema(
                description = "Every header that must be set for the PUT.",
                example = "{\"Content-Type\": \"image/jpeg\"}")
        @Nullable
        Map<String, String> requiredHeaders,

        @Schema(
                description = "How many bytes the PUT must have, where that is signed. Every client sends it as its"
                        + " `Content-Length` by itself; browsers let nobody else do it.",
                example = "482133")
        @Nullable
        Long signedContentLength,

        @Schema(description = "The key of the bytes in storage.")
        String s3Key,

        @Schema(description = "PENDING, PROCESSING, COMPLETED, FAILED or CANCELED.", example = "PENDING")
        TaskStatus status,

        @Schema(description = "What the client keeps with it.")
        Map<String, Object> metadata,

        @Schema(description = "Whether confirming makes an object.", example = "true")
        boolean createObjectOnConfirm,

        @Schema(description = "Metadata of that object.") Map<String, Object> objectMetadata,

        @Schema(
                description =
                        "The schema's property that the file fills. Where the client left it to the service, confirm"
                                + " may move the file to another one, which is told here from then on.",
                example = "hero_image")
        @Nullable
        String blobProperty,

        @Schema(description = "The property's type, in upper case.", example = "IMAGE") @Nullable
        String blobType,

        @Schema(
                description = "SHA-256 where it is known, else the MD5 that the ETag says; left out when neither is"
                        + " known.",
                example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        @Nullable
        String fileHash,

        @Schema(description = "Whether bytes that the bucket has already are not kept twice.", example = "true")
        boolean skipDuplicates,

        @Schema(description = "Whether storage itself refuses other bytes and a second PUT.", example = "false")
        boolean sealed,

        @Schema(
                description = "Whether the bucket had these bytes already. object_id is then the first one's object:"
                        + " deleting it deletes the first one's file, so undoing a duplicate must leave it alone.",
                example = "false")
        boolean isDuplicate,

        @Schema(description = "The upload that brought them first.") @Nullable
        String duplicateOfUploadId,

        @Schema(description = "Whether an object with the same unique key was left as it was.", example = "false")
        boolean skippedUniqueKey,

        @Schema(description = "The object that had these bytes, or this unique key, before.") @Nullable
        String existingObjectId,

        @Schema(description = "What happened, in a sentence.") @Nullable
        String message,

        @Schema(description = "Why it failed, or why the last confirm did not succeed.") @Nullable
        String error,

        @Schema(description = "When it was created.", example = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When the PUT stops working.", example = "2026-01-15T11:30:00Z")
        Instant expiresAt,

        @Schema(description = "When it was settled.") @Nullable
        Instant completedAt,

        @Schema(description = "When the bytes were verified.") @Nullable
        Instant verifiedAt,

        @Schema(description = "The ETag that storage has, without quotes.") @Nullable
        String etag,

        @Schema(
                description = "The object that it became; of a duplicate, the first one's.",
                example = "obj_0VXsK2aQ3nB8xYz1")
        @Nullable
        String objectId,

        @Schema(description = "The task that confirms it, if one does.") @Nullable
        String taskId,

        @Schema(description = "The evidence of its verification.") @Nullable
        VerificationResponse verification) {

    /** An upload in responses; {@code url} is null where none is issued. */
    static UploadResponse of(UploadEntity upload, @Nullable PresignedUrl url) {
        return build(
                upload,
                url,
                upload.isDuplicate(),
                text(upload.outcome().duplicateOf()),
                upload.outcome().message());
    }

    /** The response to a request for an upload whose bytes the bucket has already: the upload that they came by. */
    static UploadResponse ofDuplicate(UploadEntity first) {
        return build(
                first,
                null,
                true,
                first.id().value(),
                "The bucket has these bytes already, from upload %s; nothing needs to be uploaded."
                        .formatted(first.id()));
    }

    private static UploadResponse build(
            UploadEntity upload,
            @Nullable PresignedUrl url,
            boolean duplicate,
            @Nullable String duplicateOf,
            @Nullable String message) {
        UploadEntity.File file = upload.file();
        UploadEntity.Target target = upload.target();
        UploadEntity.Outcome outcome = upload.outcome();
        return new UploadResponse(
                upload.id().value(),
                upload.bucket().value(),
                file.filename(),
                file.contentType(),
                outcome.sizeBytes(),
                url == null ? null : url.url(),
                file.urlSeconds(),
                url == null || url.settableHeaders().isEmpty() ? null : url.settableHeaders(),
                url == null ? null : url.signedLength(),
                file.key().value(),
                upload.status(),
                upload.metadata(),
                target.createObject(),
                target.objectMetadata(),
                target.property(),
                target.type() == null ? null : target.type().wire().toUpperCase(Locale.ROOT),
                outcome.hash(),
                target.skipDuplicates(),
                file.sealed(),
                duplicate,
                duplicateOf,
                outcome.skippedUniqueKey(),
                duplicate || isOthers(upload) ? text(outcome.object()) : null,
                message,
                outcome.error(),
                upload.createdAt(),
                upload.expiresAt(),
                outcome.completedAt(),
                outcome.verifiedAt(),
                outcome.etag(),
                text(outcome.object()),
                text(outcome.task()),
                VerificationResponse.of(outcome.evidence()));
    }

    /** Whether the object existed before, and the file became a part of it or was not stored. */
    private static boolean isOthers(UploadEntity upload) {
        return !upload.id().objectId().equals(upload.outcome().object());
    }

    private static @Nullable String text(@Nullable Object id) {
        return id == null ? null : id.toString();
    }
}
