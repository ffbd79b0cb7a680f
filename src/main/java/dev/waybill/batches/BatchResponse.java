package dev.waybill.batches;

import dev.waybill.platform.mongo.JsonValues;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A batch as the API returns it. */
@Schema(name = "BatchModel", description = "Objects of a bucket that go through the tiers together.")
record BatchResponse(
        @Schema(description = "The batch's id.", example = "btch_0VXsK2aQ3nB8xYz1")
        String batchId,

        @Schema(description = "The bucket that its objects lie in.", example = "bkt_0VXsJ9cP1mA7wVu0")
        String bucketId,

        @Schema(
                description = "DRAFT, QUEUED, PROCESSING, and at last COMPLETED, COMPLETED_WITH_ERRORS, FAILED or"
                        + " CANCELED.",
                example = "PROCESSING")
        TaskStatus status,

        @Schema(description = "The first 1000 of them.", example = "[\"obj_0VXsK2aQ3nB8xYz1\"]")
        List<String> objectIds,

        @Schema(description = "How many there are in all.", example = "1")
        long objectCount,

        @Schema(description = "The collections that it fills; left out where there are none.") @Nullable
        List<String> collectionIds,

        @Schema(description = "Left out unless something failed.") @Nullable
        String error,

        @Schema(description = "Failures by category.", example = "{\"validation\": 3}") @Nullable
        Map<String, Long> errorSummary,

        @Schema(
                description = "What its objects come from.",
                example = "BUCKET",
                allowableValues = {"BUCKET", "COLLECTION"})
        String type,

        @Schema(
                description = "The task of the last submission or retry.",
                example = "0199f3a2-7c4d-7b21-9d5e-3f1c8a6b2e90")
        @Nullable
        String taskId,

        @Schema(description = "Anything to keep with it.", example = "{\"campaign\": \"spring\"}")
        Map<String, Object> metadata,

        @Schema(description = "Its tiers; empty for a draft.")
        List<TierTaskInfo> tierTasks,

        @Schema(description = "The tier at work, from 0; left out for a draft.", example = "0") @Nullable
        Integer currentTier,

        @Schema(description = "How many tiers it goes through.", example = "3")
        int totalTiers,

        @Schema(description = "The collections of each tier; left out where there are none.") @Nullable
        List<List<String>> dagTiers,

        @Schema(description = "When it was made.", example = "2026-11-21T09:30:00.123Z")
        Instant createdAt,

        @Schema(description = "When it last changed.", example = "2026-11-21T09:30:00.123Z")
        Instant updatedAt) {

    static BatchResponse of(BatchEntity batch) {
        List<List<String>> dag = batch.tiers().stream().map(Tier::collectionIds).toList();
        List<String> collections = dag.stream().flatMap(List::stream).toList();
        return new BatchResponse(
                batch.batchId(),
                batch.bucketId(),
                batch.status(),
                batch.objectIds(),
                batch.objectCount(),
                collections.isEmpty() ? null : collections,
                batch.error(),
                batch.errorSummary().isEmpty() ? null : batch.errorSummary(),
                "BUCKET",
                batch.taskId(),
                JsonValues.fromStored(batch.metadata()),
                batch.tiers().stream().map(tier -> TierTaskInfo.of(batch, tier)).toList(),
                batch.currentTier(),
                Math.max(1, batch.tiers().size()),
                collections.isEmpty() ? null : dag,
                batch.createdAt(),
                batch.updatedAt());
    }
}
