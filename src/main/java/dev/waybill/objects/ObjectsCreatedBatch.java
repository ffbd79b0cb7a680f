package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.events.NamespacedEvent;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One request, or one task, made several objects. Each of them is told by an {@link ObjectCreated} as well.
 *
 * @param key tells this time from another, and is the same when it is told again
 */
public record ObjectsCreatedBatch(Scope scope, BucketId bucket, String key, List<ObjectId> ids, Instant occurredAt)
        implements NamespacedEvent {

    public static final String TYPE = "objects.created.batch";

    public ObjectsCreatedBatch {
        ids = List.copyOf(ids);
    }

    @Override
    public String eventId() {
        return EventIds.of(TYPE, scope.key(bucket.value()), key);
    }

    @Override
    public String eventType() {
        return TYPE;
    }

    @Override
    public Subject subject() {
        return new Subject("bucket", bucket.value());
    }

    @Override
    public Map<String, Object> metadata() {
        return Map.of(
                "bucket_id", bucket.value(),
                "object_ids", ids.stream().map(ObjectId::value).toList(),
                "object_count", ids.size());
    }
}
