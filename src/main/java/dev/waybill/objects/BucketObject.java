package dev.waybill.objects;

import dev.waybill.blobs.Blob;
import dev.waybill.buckets.BucketId;
import dev.waybill.platform.tenancy.Scope;
import dev.waybill.tasks.TaskStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a bucket: blobs and metadata under one id.
 *
 * @param metadata values beside the blobs; those of declared properties were checked against the schema
 * @param error null unless processing failed
 * @param version 1 when it is created, incremented by the store with each change of its prefix, blobs or metadata, and
 *     not by its processing
 */
public record BucketObject(
        ObjectId id,
        Scope scope,
        BucketId bucket,
        @Nullable String keyPrefix,
        List<Blob> blobs,
        Map<String, Object> metadata,
        TaskStatus status,
        @Nullable String error,
        Instant createdAt,
        Instant updatedAt,
        long version) {

    /** A new object, which nothing processes yet. */
    public static BucketObject draft(
            ObjectId id,
            Scope scope,
            BucketId bucket,
            @Nullable String keyPrefix,
            List<Blob> blobs,
            Map<String, Object> metadata,
            Instant now) {
        return new BucketObject(id, scope, bucket, keyPrefix, blobs, metadata, TaskStatus.DRAFT, null, now, now, 1);
    }

    /**
     * Its next version, with other blobs.
     *
     * @param prefix replaces its key prefix; null leaves that unchanged, blank removes it
     * @param values are merged into its metadata, key by key
     */
    public BucketObject updated(@Nullable String prefix, List<Blob> content, Map<String, Object> values, Instant now) {
        String next = prefix == null ? keyPrefix : prefix.isBlank() ? null : prefix;
        Map<String, Object> merged = new LinkedHashMap<>(metadata);
        merged.putAll(values);
        return changed(next, content, merged, now);
    }

    /** Its next version. {@code updatedAt} always grows, as receivers of events distinguish changes by it. */
    BucketObject changed(@Nullable String prefix, List<Blob> content, Map<String, Object> values, Instant now) {
        Instant changedAt = now.isAfter(updatedAt) ? now : updatedAt.plusMillis(1);
        return new BucketObject(
                id, scope, bucket, prefix, content, values, status, error, createdAt, changedAt, version + 1);
    }
}
