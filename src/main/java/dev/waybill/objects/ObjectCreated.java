package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.EventIds;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object is there. */
public record ObjectCreated(
        Scope scope, BucketId bucket, ObjectId id, @Nullable String keyPrefix, Instant occurredAt)
        implements ObjectEvent {

    public static final String TYPE = "object.created";

    public static ObjectCreated of(BucketObject object) {
        return new ObjectCreated(object.scope(), object.bucket(), object.id(), object.keyPrefix(), object.createdAt());
    }

    @Override
    public String eventId() {
        return EventIds.of(TYPE, scope.key(id.value()));
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
