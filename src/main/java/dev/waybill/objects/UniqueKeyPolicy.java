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

/** What a second object of the same unique key does. */
public enum UniqueKeyPolicy {
    /** It is refused. */
    INSERT,
    /** It changes the first one, which must be there. */
    UPDATE,
    /** It changes the first one, or is the first one. */
    UPSERT;

    /**
     * The request's policy, else the bucket's, else insert.
     *
     * @param asked as it stands in the request; null when it says nothing
     * @throws WaybillException 400 when the bucket has no unique key that the policy could be for
     */
    public static UniqueKeyPolicy of(@Nullable String asked, Bucket bucket) {
        UniqueKey key = bucket.uniqueKey();
        String bucketsOwn = key == null ? null : key.defaultPolicy();
        UniqueKeyPolicy policy = read(asked != null ? asked : bucketsOwn != null ? bucketsOwn : "insert");
        if (key == null && policy != INSERT) {
            throw new WaybillException(
                    ErrorCode.UNIQUE_KEY,
                    "policy=%s needs a bucket with a unique_key; bucket '%s' has none"
                            .formatted(policy.name().toLowerCase(Locale.ROOT), bucket.name()),
                    Map.of("field", "policy"));
        }
        return policy;
    }

    /** Another object has the unique key, and stays as it is. */
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
