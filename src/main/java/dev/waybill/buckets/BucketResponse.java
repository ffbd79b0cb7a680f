package dev.waybill.buckets;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.tasks.TaskStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket on the wire. */
record BucketResponse(
        @Schema(implementation = String.class, example = "bkt_0VXsK2aQ3nB8xYz1")
        BucketId bucketId,

        @Schema(example = "product-catalog") String bucketName,
        @Schema(example = "What the shop sells") @Nullable String description,

        @Schema(implementation = BucketSchemaRequest.class) BucketSchema bucketSchema,

        @Schema(implementation = UniqueKeyRequest.class) @Nullable
        UniqueKey uniqueKey,

        @Schema(example = "{\"team\": \"shop\"}") Map<String, Object> metadata,

        @Schema(description = "Objects in it, right within 5 s of quiet.", example = "120")
        long objectCount,

        @Schema(description = "Their bytes together.", example = "73400320")
        long totalSizeBytes,

        Instant createdAt,
        Instant updatedAt,

        @Schema(description = "When the newest object was made; left out when there is none.") @Nullable
        Instant lastUploadAt,

        @Schema(description = "When the counters were computed; left out when they never were.") @Nullable
        Instant statsUpdatedAt,

        @Schema(example = "ACTIVE") TaskStatus status,

        @JsonProperty("is_locked") boolean locked,

        StorageStats storageStats) {

    /** Bytes of the bucket's objects; all 0 when there is none. */
    @Schema(name = "StorageStatistics")
    record StorageStats(
            @Schema(example = "73400320") long totalSizeBytes,
            @Schema(example = "611669") long avgSizeBytes,
            @Schema(example = "5242880") long maxSizeBytes,
            @Schema(example = "1024") long minSizeBytes) {

        static StorageStats of(BucketUsage usage) {
            return new StorageStats(
                    usage.totalBytes(),
                    usage.objectCount() == 0 ? 0 : usage.totalBytes() / usage.objectCount(),
                    usage.maxBytes(),
                    usage.minBytes());
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
                usage.totalBytes(),
                bucket.createdAt(),
                bucket.updatedAt(),
                usage.lastUploadAt(),
                usage.computedAt(),
                bucket.status(),
                bucket.locked(),
                StorageStats.of(usage));
    }
}
