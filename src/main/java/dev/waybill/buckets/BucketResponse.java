package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket in a response. */
record BucketResponse(
        @Schema(
                implementation = String.class,
                description = "The bucket's id; stays when the bucket is renamed.",
                example = "bkt_0VXsK2aQ3nB8xYz1")
        BucketId bucketId,

        @Schema(description = "Its name, unique in the namespace.", example = "product-catalog")
        String bucketName,

        @Schema(description = "What it is for; left out when nobody said.", example = "What the shop sells") @Nullable
        String description,

        @Schema(implementation = BucketSchemaRequest.class, description = "What its objects look like.")
        BucketSchema bucketSchema,

        @Schema(
                implementation = UniqueKeyRequest.class,
                description = "The fields that tell its objects apart; left out when every object is its own.")
        @Nullable
        UniqueKey uniqueKey,

        @Schema(description = "What is kept with it; empty when nothing is.", example = "{\"team\": \"shop\"}")
        Map<String, Object> metadata,

        @Schema(description = "How many objects it has, right within 5 s of quiet.", example = "120")
        long objectCount,

        @Schema(description = "The bytes of its objects together, right within 5 s of quiet.", example = "73400320")
        long totalSizeBytes,

        @Schema(description = "When it was made.", example = "2026-01-15T10:30:00Z")
        Instant createdAt,

        @Schema(description = "When its name, description or metadata last changed.", example = "2026-01-15T10:30:00Z")
        Instant updatedAt,

        @Schema(description = "When the newest object was made; left out when there is none.") @Nullable
        Instant lastUploadAt,

        @Schema(description = "When the counters were computed; left out when they never were.") @Nullable
        Instant statsUpdatedAt,

        @Schema(description = "`ACTIVE` when it takes uploads.", example = "ACTIVE")
        TaskStatus status,

        @Schema(description = "Whether it refuses new uploads (409).", example = "false") @JsonProperty("is_locked")
        boolean locked,

        @Schema(description = "The sizes of its objects.") StorageStats storageStats) {

    /** Bytes of the bucket's objects; all 0 when there is none. */
    @Schema(name = "StorageStatistics")
    record StorageStats(
            @Schema(description = "All together, in bytes.", example = "73400320")
            long totalSizeBytes,

            @Schema(description = "The average object, in whole bytes.", example = "611669")
            long avgSizeBytes,

            @Schema(description = "The largest object, in bytes.", example = "5242880")
            long maxSizeBytes,

            @Schema(description = "The smallest object, in bytes.", example = "1024")
            long minSizeBytes) {

        static StorageStats of(BucketUsage usage) {
            return new StorageStats(
                    usage.totalSizeBytes(),
                    usage.objectCount() == 0 ? 0 : usage.totalSizeBytes() / usage.objectCount(),
                    usage.maxSizeBytes(),
                    usage.minSizeBytes());
        }
    }

    static BucketResponse of(Bucket bucket) {
        BucketUsage usage = bucket.usage();
        return new BucketResponse(
                bucket.id(),
                bucket.name(),
                bucket.description(),
                bucket.schema(),
                bucket.uniqueKey(),
                bucket.metadata(),
                usage.objectCount(),
                usage.totalSizeBytes(),
                bucket.createdAt(),
                bucket.updatedAt(),
                usage.lastUploadAt(),
                usage.statsUpdatedAt(),
                bucket.status(),
                bucket.locked(),
                StorageStats.of(usage));
    }
}
