package dev.waybill.objects;

import dev.waybill.buckets.Bucket;
import dev.waybill.buckets.UniqueKey;
import dev.waybill.platform.errors.ErrorCode;
import dev.waybill.platform.errors.InvalidRequest;
import dev.waybill.platform.errors.Violation;
import dev.waybill.platform.errors.WaybillException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Conflict policy for an object with an existing unique key. */
public enum UniqueKeyPolicy {
    /** The new object is refused. */
    INSERT,
    /** The existing object is changed; it must exist. */
    UPDATE,
    /** The existing object is changed, or a new one inserted. */
    UPSERT;

    /**
     * The request's policy, else the bucket's, else insert.
     *
     * @param requested the policy of the request; null when it has none
     * @throws WaybillException 400 when the bucket has no unique key that the policy could be for
     */
    public static UniqueKeyPolicy of(@Nullable String requested, Bucket bucket) {
        UniqueKey key = bucket.uniqueKey();
        String bucketsOwn = key == null ? null : key.defaultPolicy();
        UniqueKeyPolicy policy = read(requested != null ? requested : bucketsOwn != null ? bucketsOwn : "insert");
        if (key == null && policy != INSERT) {
            throw new WaybillException(
                    ErrorCode.UNIQUE_KEY,
                    "policy=%s needs a bucket with a unique_key; bucket '%s' has none"
                            .formatted(policy.name().toLowerCase(Locale.ROOT), bucket.name()),
                    Map.of("field", "policy"));
        }
        return policy;
    }

    /** The conflict with an object that has the unique key already, and is not changed. */
    public static WaybillException taken(BucketObject first) {
        return new WaybillException(
                ErrorCode.ALREADY_EXISTS,
                "Object '%s' has this unique key already; use policy=upsert to change it".formatted(first.id()),
                Map.of("resource", "object", "id", first.id().value()));
    }

    private static UniqueKeyPolicy read(String wire) {
        return switch (wire) {
            case "insert" -> INSERT;
            case "update" -> UPDATE;
            case "upsert" -> UPSERT;
            default ->
                throw new InvalidRequest(
                        List.of(new Violation(List.of("query", "policy"), "must be insert, update or upsert", "enum")));
        };
    }
}
