package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object was changed. */
public record ObjectUpdated(
        Scope scope, BucketId bucket, ObjectId id, @Nullable String keyPrefix, Instant occurredAt)
        implements ObjectEvent {

    public static final String TYPE = "object.updated";

    public static ObjectUpdated of(BucketObject after) {
        return new ObjectUpdated(after.scope(), after.bucket(), after.id(), after.keyPrefix(), after.updatedAt());
    }

    @Override
    public String eventId() {
        return EventIds.of(TYPE, scope.key(id.value()), occurredAt.toString());
    }

    @Override
    public String eventType() {
        return TYPE;
    }

    @Override
    public Subject subject() {
        return new Subject("object", id.value());
    }

    @Override
    public Map<String, Object> metadata() {
        return ObjectEvent.facts(bucket, keyPrefix);
    }
}
