package dev.waybill.uploads;

import dev.waybill.tasks.TaskStatus;
import dev.waybill.uploads.verification.VerificationResponse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Schema(description = "What confirming an upload came to.")
record ConfirmUploadResponse(
        @Schema(description = "The upload.", example = "upl_0VXsK2aQ3nB8xYz1")
        String uploadId,

        @Schema(description = "COMPLETED, or PROCESSING while a task confirms it.", example = "COMPLETED")
        TaskStatus status,

        @Schema(
                description = "The ETag that storage has, without quotes.",
                example = "d41d8cd98f00b204e9800998ecf8427e")
        @Nullable
        String etag,

        @Schema(description = "The size in bytes, as storage has it.", example = "204800") @Nullable
        Long fileSizeBytes,

        @Schema(description = "SHA-256 where it is known, else the MD5 that the ETag says.") @Nullable
        String fileHash,

        @Schema(description = "When the bytes were verified.") @Nullable
        Instant verifiedAt,

        @Schema(description = "When the upload was completed.") @Nullable
        Instant completedAt,

        @Schema(
                description = "The object that the file became; of a duplicate, the first one's.",
                example = "obj_0VXsK2aQ3nB8xYz1")
        @Nullable
        String objectId,

        @Schema(
                description =
                        "The schema's property that the file fills, which its bytes may have chosen; left out when"
                                + " there is none.",
                example = "hero_image")
        @Nullable
        String blobProperty,

        @Schema(
                description = "The batch that processes the object, with auto_submit_batch.",
                example = "btch_0VXsK2aQ3nB8xYz1")
        @Nullable
        String batchId,

        @Schema(description = "The batch's task, or the task that confirms it in the background.") @Nullable
        String taskId,

        @Schema(
                description = "Whether the bucket had these bytes already. object_id is then the first one's object:"
                        + " deleting it deletes the first one's file, so undoing a duplicate must leave it alone.",
                example = "false")
        boolean isDuplicate,

        @Schema(description = "The upload that brought them first.") @Nullable
        String duplicateOfUploadId,

        @Schema(
                description = "Whether an object with the same unique key was left as it was, and the file not kept.",
                example = "false")
        boolean skippedUniqueKey,

        @Schema(description = "What happened, in a sentence.") @Nullable
        String message,

        @Schema(description = "The evidence of the verification.") @Nullable
        VerificationResponse verification) {

    static ConfirmUploadResponse of(UploadEntity upload) {
        UploadEntity.Outcome outcome = upload.outcome();
        boolean done = upload.status() == TaskStatus.COMPLETED;
        return new ConfirmUploadResponse(
                upload.id().value(),
                upload.status(),
                outcome.etag(),
                done ? outcome.sizeBytes() : null,
                done ? outcome.hash() : null,
                outcome.verifiedAt(),
                outcome.completedAt(),
                outcome.object() == null ? null : outcome.object().value(),
                upload.target().property(),
                outcome.batch() == null ? null : outcome.batch().value(),
                outcome.task() == null ? null : outcome.task().value(),
                upload.isDuplicate(),
                outcome.duplicateOf() == null ? null : outcome.duplicateOf().value(),
                outcome.skippedUniqueKey(),
                done ? outcome.message() : "The upload is confirmed in the background; the task tells when it is done.",
                VerificationResponse.of(outcome.evidence()));
    }
}
