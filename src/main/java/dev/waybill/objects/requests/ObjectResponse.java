package dev.waybill.objects.requests;

import dev.waybill.blobs.Blob;
import dev.waybill.objects.BucketObject;
import dev.waybill.objects.ObjectProcessing;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A bucket object in a response. */
@Schema(name = "ObjectResponse", description = "A bucket object: blobs and metadata under one id.")
record ObjectResponse(
        @Schema(description = "The object's id.", example = "obj_0VXsK2aQ3nB8xYz1")
        String objectId,

        @Schema(
                description = "The bucket that it lies in.",
                example = "bkt_0VXsJ9cP1mA7wVu0",
                requiredMode = Schema.RequiredMode.REQUIRED)
        String bucketId,

        @Schema(description = "A path-like grouping; left out when there is none.", example = "catalog/2026") @Nullable
        String keyPrefix,

        @Schema(description = "The object's content, one entry for each property that has some.")
        List<BlobModel> blobs,

        @Schema(
                description = "Values that belong to the object, as they were given: those of the schema's properties "
                        + "that are no files, and any others.",
                example = "{\"campaign\": \"spring\", \"price\": 19.9}")
        Map<String, Object> metadata,

        @Schema(description = "Where the object was made from; empty for an upload.")
        List<SourceDetails> sourceDetails,

        @Schema(description = "How far its processing is: `DRAFT` until some begins.", example = "DRAFT")
        TaskStatus status,

        @Schema(description = "Why processing failed; left out otherwise.") @Nullable
        String error,

        @Schema(description = "When it was made.", example = "2026-11-21T09:30:00.123Z")
        Instant createdAt,

        @Schema(description = "When it was last changed.", example = "2026-11-21T09:30:00.123Z")
        Instant updatedAt,

        @Schema(
                description = "The batch that processes it: only in the answer to a create with `auto_process`.",
                example = "btch_0VXsK2aQ3nB8xYz1")
        @Nullable
        String batchId,

        @Schema(
                description = "That batch's task: only in the answer to a create with `auto_process`.",
                example = "01932f4e-8f0a-7c3d-9b2e-5a1f6c7d8e90")
        @Nullable
        String taskId) {

    /** @param download the presigned URL of a blob; may return null for none */
    static ObjectResponse of(BucketObject object, Function<Blob, @Nullable String> download) {
        return of(object, download, null);
    }

    /** @param started the batch submitted for it; null for none */
    static ObjectResponse of(
            BucketObject object,
            Function<Blob, @Nullable String> download,
            ObjectProcessing.@Nullable Started started) {
        return new ObjectResponse(
                object.id().value(),
                object.bucket().value(),
                object.keyPrefix(),
                object.blobs().stream()
                        .map(blob -> BlobModel.of(blob, download.apply(blob)))
                        .toList(),
                object.metadata(),
                List.of(),
                object.status(),
                object.error(),
                object.createdAt(),
                object.updatedAt(),
                started == null ? null : started.batchId(),
                started == null ? null : started.taskId());
    }

    /** What an object was made from. */
    @Schema(name = "SourceDetails")
    record SourceDetails(
            @Schema(
                    description = "What kind of thing it was made from.",
                    example = "bucket",
                    allowableValues = {"bucket", "collection", "taxonomy", "cluster"},
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String type,

            @Schema(
                    description = "The id of that thing.",
                    example = "bkt_0VXsJ9cP1mA7wVu0",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String sourceId) {}
}
