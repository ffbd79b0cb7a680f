package dev.waybill.objects;

import dev.waybill.buckets.BucketId;
import dev.waybill.platform.events.PublicEvent;
import dev.waybill.platform.tenancy.Scope;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to one object, in the form in which it can be noted before it happens.
 *
 * @param keyPrefix the object's; null when it has none
 */
public record ObjectEvent(
        Kind kind,
        Scope scope,
        BucketId bucket,
        ObjectId id,
        @Nullable String keyPrefix,
        Instant occurredAt) {

    /** What happened. */
    public enum Kind {
        CREATED("object.created"),
        UPDATED("object.updated"),
        DELETED("object.deleted");

        private final String type;

        Kind(String type) {
            this.type = type;
        }

        /** What clients subscribe to. */
        public String type() {
            return type;
        }

        static Kind of(String type) {
            return Arrays.stream(values())
                    .filter(kind -> kind.type.equals(type))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("nothing happens to objects of the type " + type));
        }
    }

    /** An object is there. */
    public static ObjectEvent created(BucketObject object) {
        return of(Kind.CREATED, object, object.createdAt());
    }

    static ObjectEvent updated(BucketObject after) {
        return of(Kind.UPDATED, after, after.updatedAt());
    }

    static ObjectEvent deleted(BucketObject before, Instant at) {
        return of(Kind.DELETED, before, at);
    }

    private static ObjectEvent of(Kind kind, BucketObject object, Instant at) {
        return new ObjectEvent(kind, object.scope(), object.bucket(), object.id(), object.keyPrefix(), at);
    }

    /** What others are told of it. */
    public PublicEvent told() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("bucket_id", bucket.value());
        if (keyPrefix != null) {
            facts.put("key_prefix", keyPrefix);
        }
        var subject = new PublicEvent.Subject("object", id.value());
        return kind == Kind.UPDATED
                ? PublicEvent.in(scope, kind.type(), subject, occurredAt, facts, occurredAt.toString())
                : PublicEvent.in(scope, kind.type(), subject, occurredAt, facts);
    }

    /**
     * One request, or one task, made several objects. Each of them is told by itself as well.
     *
     * @param key tells this time from another, and is the same when it is told again
     */
    public static PublicEvent createdTogether(
            Scope scope, BucketId bucket, String key, List<ObjectId> ids, Instant occurredAt) {
        return PublicEvent.in(
                scope,
                "objects.created.batch",
                new PublicEvent.Subject("bucket", bucket.value()),
                occurredAt,
                Map.of(
                        "bucket_id", bucket.value(),
                        "object_ids", ids.stream().map(ObjectId::value).toList(),
                        "object_count", ids.size()),
                key);
    }
}
