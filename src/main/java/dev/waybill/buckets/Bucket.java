package dev.waybill.buckets;

import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket: the container of objects of one schema.
 *
 * @param status ACTIVE takes uploads
 * @param usage the counters as they were last computed
 */
public record Bucket(
        BucketId id,
        Scope scope,
        String name,
        @Nullable String description,
        BucketSchema schema,
        @Nullable UniqueKey uniqueKey,
        Map<String, Object> metadata,
        TaskStatus status,
        boolean locked,
        BucketUsage usage,
        Instant createdAt,
        Instant updatedAt) {}
